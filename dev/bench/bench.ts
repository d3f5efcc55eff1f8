import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { type AddressInfo, createServer as createNetServer, connect as netConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket, connect as tlsConnect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { selectEngine } from '../../harness/engines/select.js';
import { runScenario } from '../../harness/run/run-scenario.js';
import { createConnectorRequest } from '../../mocks/pki/connector-request.js';
import { Pki } from '../../mocks/pki/pki.js';
import { toPem } from '../../mocks/pki/x509.js';
import { loadScenarios } from '../../model/scenario/load.js';
import { medianRun, print, seconds } from './measure.js';
import { oracleTimes } from './oracle.js';
import { pacTimes } from './pac.js';

/**
 * Speed as ratios against a floor measured in the same run, medians of seven. Budgets are those of
 * the design; nothing here is a test.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));

const scenarios = await loadScenarios(join(root, 'scenarios'));
const engine = await selectEngine('embedded');
const startAt = Date.now();
const sample = scenarios.filter(({ scenario }) =>
  /^(hosts\/necessity|tls\/no-inspection|ports\/outbound-443)/.test(scenario.id),
);

const perScenario = await medianRun(async () => {
  let handshakes = 0;
  const began = performance.now();
  for (const { scenario } of sample) {
    const { events } = await runScenario(scenario, engine, { startAt });
    handshakes += events.filter((event) => event.kind === 'tls' && event.side === 'client').length;
  }
  return { ms: performance.now() - began, handshakes };
});
const floor = await bareHandshakes(perScenario.handshakes);
print(
  'one scenario, against its TLS handshakes alone',
  perScenario.ms / floor,
  '≤ 3',
  `${(perScenario.ms / sample.length).toFixed(0)} ms, ${(perScenario.handshakes / sample.length).toFixed(0)} handshakes`,
);

const oracle = await oracleTimes();
print(
  'oracle of the documented site, in TLS handshakes',
  oracle.documented / (floor / perScenario.handshakes),
  '≤ 4',
  `${oracle.documented.toFixed(1)} ms`,
);
print(
  'oracle with 3,000 rules more, against the documented site',
  oracle.long / oracle.documented,
  '≤ 4',
  `${oracle.long.toFixed(1)} ms`,
);

const pac = await pacTimes();
print('a PAC file of 4 kB that nobody has asked yet, milliseconds', pac.load, '≤ 5');
print('one more answer of it, milliseconds', pac.answer, '≤ 0.2');

const out = await mkdtemp(join(tmpdir(), 'connector-lab-bench-'));
const whole = seconds('run', '--engine', 'embedded', '--out', out);
print(
  'whole catalogue, seconds for 60 scenarios',
  (whole / scenarios.length) * 60,
  '≤ 8',
  `${scenarios.length} scenarios in ${whole.toFixed(1)} s, command to report`,
);
print(
  'check SITE, seconds',
  seconds('check', 'scenarios/sites/documented.yaml', '--engine', 'embedded', '--out', out),
  '≤ 3',
);
const wrong = ['scenarios/sites/three-mistakes.yaml', '--engine', 'embedded', '--out', out];
print('fix SITE, against check of it', seconds('fix', ...wrong) / seconds('check', ...wrong), '≤ 3');
print('--help, seconds', seconds('--help'), '≤ 0.3');

/** So many handshakes with client certificates, P-256, one after the other, and nothing else. */
async function bareHandshakes(count: number): Promise<number> {
  const pki = await Pki.create(startAt);
  const { keyPem: key, chainPem: cert } = await pki.leaf('t.bootstrap.msappproxy.net');
  const request = await createConnectorRequest();
  const identity = { tenantId: crypto.randomUUID(), connectorId: crypto.randomUUID() };
  const own = toPem(await pki.connectors.issue({ csrDer: request.csrDer, ...identity, now: startAt }));
  const secureContext = createSecureContext({ key, cert });
  const server = createNetServer((socket) => {
    new TLSSocket(socket, { isServer: true, secureContext, requestCert: true, rejectUnauthorized: false }).on(
      'error',
      () => {},
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const taken = await medianRun(async () => {
    const began = performance.now();
    for (let index = 0; index < count; index++) {
      const secure = tlsConnect({
        socket: netConnect(port, '127.0.0.1'),
        key: request.keyPem,
        cert: own,
        rejectUnauthorized: false,
      });
      await once(secure, 'secureConnect');
      secure.destroy();
    }
    return { ms: performance.now() - began };
  });
  server.close();
  return taken.ms;
}
