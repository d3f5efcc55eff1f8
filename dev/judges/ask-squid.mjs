// Reads { confs, requests } from standard input, asks squid itself under each configuration, and prints what it
// answers. Runs in a network of its own (unshare --net), which has nothing but the addresses named here.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

const proxy = '10.0.0.5';
const { confs, requests, client, addresses } = await json(process.stdin);
execFileSync('ip', ['link', 'set', 'lo', 'up']);
for (const address of [proxy, client, ...Object.values(addresses)])
  execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo']);

/** Keeps its shared memory apart from that of others. */
const service = `judge${process.pid}`;
const folder = mkdtempSync('/tmp/connector-lab-squid-');
// squid gives up being root, and tests' own folder is root's.
chmodSync(folder, 0o777);
const at = (name) => join(folder, name);
writeFileSync(
  at('hosts'),
  Object.entries(addresses)
    .map(([name, address]) => `${address} ${name}\n`)
    .join(''),
);
/** What squid needs in order to run here; nothing of it is about who may go where. */
const frame = `http_port ${proxy}:3128
visible_hostname proxy.contoso.test
hosts_file ${at('hosts')}
dns_nameservers 127.0.0.1
access_log none
cache_log /dev/null
netdb_filename none
pid_filename none
pinger_enable off
cache_mem 8 MB
shutdown_lifetime 0 seconds
`;
/** A parent that lets everything through, for who names it. */
const parent = createServer((_, answer) => answer.setHeader('connection', 'close').end());
parent.on('connect', (_, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
parent.listen(3129, proxy);
await once(parent, 'listening');
const answers = [];
try {
  for (const conf of confs) answers.push(await under(conf));
} finally {
  parent.close();
  parent.closeAllConnections();
  rmSync(folder, { recursive: true });
  for (const name of readdirSync('/dev/shm')) if (name.startsWith(service)) rmSync(join('/dev/shm', name));
}
process.stdout.write(JSON.stringify(answers));

async function under(conf) {
  const file = at('squid.conf');
  writeFileSync(file, `${frame}${conf}`);
  const squid = spawn('squid', ['-N', '-n', service, '-f', file], { stdio: 'ignore' });
  const ended = once(squid, 'exit');
  let isGone = false;
  void ended.then(() => {
    isGone = true;
  });
  const found = [];
  try {
    await ready(() => isGone);
    for (const one of requests) found.push(await answerTo(one));
  } catch (error) {
    // It refuses some configurations, or dies of them: then nothing is known of the rest.
    if (error.code === undefined) throw new Error(conf, { cause: error });
  } finally {
    // Told to end, it takes seconds.
    squid.kill('SIGKILL');
    await ended;
  }
  return found;
}

/** Resolves when it answers, or is gone. */
async function ready(isGone) {
  while (!isGone())
    try {
      return await answerTo(requests[0]);
    } catch (error) {
      if (error.code === undefined) throw error;
      await setTimeout(20);
    }
}

/** What it does: an error of its own about the place shows that it has let the request through. */
async function answerTo({ host, port, method }) {
  const asked = request({
    ...{ host: proxy, port: 3128, localAddress: client, agent: false },
    ...(method === 'connect'
      ? { method: 'CONNECT', path: `${host}:${port}`, headers: { host: `${host}:${port}` } }
      : { path: `http://${host}:${port}/`, headers: { host: `${host}:${port}` } }),
  });
  // For hangs.
  asked.setTimeout(300_000, () => asked.destroy(new Error(`no answer to ${method} ${host}:${port}`)));
  asked.end();
  const [answer] = await Promise.race([once(asked, 'response'), once(asked, 'connect')]);
  answer.resume?.();
  asked.destroy();
  const error = String(answer.headers['x-squid-error'] ?? '').split(' ')[0];
  if (answer.statusCode === 407) return 'challenge';
  // Where nobody is left to ask, squid 5 says of what it would fetch that it cannot read.
  if (/^ERR_(ACCESS_DENIED|FORWARDING_DENIED|CANNOT_FORWARD|READ_ERROR)$/.test(error)) return 'refuse';
  // Of the parent.
  if (answer.statusCode === 200) return 'allow';
  if (error === 'ERR_CONNECT_FAIL') return 'allow';
  throw new Error(`${method} ${host}:${port}: ${answer.statusCode} ${error}`);
}
