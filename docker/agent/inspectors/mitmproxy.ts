import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { covers } from '../../../harness/policy/match-host.js';
import type { Inspection } from '../../../harness/site/schema.js';
import { listening } from '../listening.js';
import { inspectionPort } from '../ports.js';
import type { InspectorProduct, ProductOptions } from './product.js';

const folder = '/run/mitmproxy';

/** Asks for every ClientHello what to do, on one line, and does it. */
const addon = `import json, sys
class Lab:
    def __init__(self):
        with open("${folder}/hosts.json") as file:
            self.hosts = json.load(file)
    def covers(self, pattern, name):
        return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern
    def tls_clienthello(self, data):
        name = (data.client_hello.sni or "").lower()
        exempt = next((one for one in self.hosts["except"] if self.covers(one, name)), None)
        only = self.hosts["only"]
        if exempt is not None:
            rule = "except " + exempt
        elif only is not None and not any(self.covers(one, name) for one in only):
            rule = "not in only"
        else:
            rule = None
        data.ignore_connection = rule is not None
        print(json.dumps({"peer": list(data.context.client.peername[:2]), "name": name, "exempt": rule}), flush=True)
addons = [Lab()]
`;

const lineSchema = z.object({
  peer: z.tuple([z.string(), z.number()]),
  name: z.string(),
  exempt: z.string().nullable(),
});

/** mitmproxy in transparent mode. */
export async function startMitmproxy(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, onDecision } = options;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/mitmproxy-ca.pem`, `${key}\n${certificate}\n`);
  await writeFile(`${folder}/lab.py`, addon);
  await writeFile(
    `${folder}/hosts.json`,
    JSON.stringify({ except: settings.except, only: settings.only ?? null }),
  );
  const set = ['ssl_insecure=true', `confdir=${folder}`, 'connection_strategy=lazy', 'http2=false'];
  const args = [
    '--mode',
    'transparent',
    '--flow-detail',
    '0',
    '-p',
    `${inspectionPort}`,
    '-s',
    `${folder}/lab.py`,
  ];
  const child = spawn('mitmdump', [...args, ...set.flatMap((one) => ['--set', one])], {
    stdio: ['ignore', 'pipe', 'pipe'],
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
    const { peer, name, exempt } = lineSchema.parse(JSON.parse(line));
    const [from, fromPort] = peer;
    onDecision({
      from: from.replace('::ffff:', ''),
      fromPort,
      name,
      action: exempt === null ? 'inspect' : 'bypass',
      rule: exempt ?? inspectRule(settings, name),
    });
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`mitmproxy ended with ${code}: ${words.slice(-2000)}`);
  });
  await Promise.race([listening('127.0.0.1', inspectionPort, () => words), failed]);
  failed.catch(() => {});
  return {
    // It prints before it goes on with the handshake, and the connector's step ends after that.
    settle: async () => {},
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function inspectRule({ only }: Inspection, name: string): string {
  return `inspect ${only?.find((pattern) => covers(pattern, name)) ?? '*'}`;
}
