// The health of a container of the command line. `up` keeps a lab, and that is asked; other commands end by themselves.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';

const words = readFileSync('/proc/1/cmdline', 'utf8').split('\0');
if (words.includes('up')) {
  const port = process.env.CONNECTOR_LAB_LISTEN?.split(':').at(-1);
  // A place that every lab has: what answers is the lab's cloud, through the way that people take.
  const asked = request({ host: '127.0.0.1', port, path: 'http://crl3.digicert.com/' }, (response) => {
    process.exit((response.statusCode ?? 500) < 500 ? 0 : 1);
  });
  asked.on('error', () => process.exit(1)).end();
}
