import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { decideInspection } from '../../../../model/policy/inspection.js';
import { endProcess } from '../../end-process.js';
import { listening } from '../../listening.js';
import { inspectionPort } from '../../ports.js';
import { scriptFile } from '../../script-file.js';
import { run } from '../../shell.js';
import type { InspectorProduct, ProductOptions } from './product.js';

const folder = '/run/mitmproxy';
/** Nobody's account and group in Debian. */
const nobody = 65_534;

const lineSchema = z.object({ peer: z.tuple([z.string(), z.number()]), name: z.string() });

/** mitmproxy in transparent mode. */
export async function startMitmproxy(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, onDecision } = options;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/mitmproxy-ca.pem`, `${key}\n${certificate}\n`);
  const set = ['ssl_insecure=true', `confdir=${folder}`, 'connection_strategy=lazy', 'http2=false'];
  const args = [
    '--mode',
    'transparent',
    '--flow-detail',
    '0',
    '-p',
    `${inspectionPort}`,
    '-s',
    scriptFile('lab-mitmproxy.py'),
  ];
  // An account of its own: it reads what anybody sends.
  await run('chown', ['-R', `${nobody}:${nobody}`, folder]);
  const child = spawn('mitmdump', [...args, ...set.flatMap((one) => ['--set', one])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...{ uid: nobody, gid: nobody },
    env: { ...process.env, HOME: folder, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let words = '';
  child.stderr.on('data', (data) => {
    words += data;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{"peer"')) {
      words += line;
      return;
    }
    const { peer, name } = lineSchema.parse(JSON.parse(line));
    const [from, fromPort] = peer;
    const decision = decideInspection(settings, name);
    onDecision({ from: from.replace('::ffff:', ''), fromPort, name, ...decision });
    child.stdin.write(`${decision.action}\n`);
  });
  child.stdin.on('error', () => {});
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`mitmproxy ended with ${code}: ${words.slice(-2000)}`);
  });
  await Promise.race([listening('127.0.0.1', inspectionPort, () => words), failed]);
  failed.catch(() => {});
  return {
    // It asks before it goes on with the handshake, and the connector's step ends after that.
    settle: async () => {},
    stop: async () => {
      await endProcess(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
