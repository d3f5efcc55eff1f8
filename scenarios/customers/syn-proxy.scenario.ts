import { documentedSite, results, scenario, synProxy } from '../../harness/index.js';

const rule = 'reset *.servicebus.windows.net';

/** "Test-NetConnection says the port is open": the firewall answered, and nobody else. */
export default scenario({
  title:
    'The firewall answers TCP itself and resets after the ClientHello: the port looks open, listening fails',
  proves: 'hosts/*.servicebus.windows.net/443',
  site: documentedSite(),
  change: synProxy('*.servicebus.windows.net'),
  expect: [
    results.bootstrap.ok(),
    results.listen.sniBlock({ host: '*.servicebus.windows.net', device: 'syn-proxy', rule }),
  ],
});
