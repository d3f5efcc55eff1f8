import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** What opens a socket, asks the network or starts something that runs beside the program. */
const opening = {
  net: ['connect', 'createConnection', 'Socket.prototype.connect', 'Server.prototype.listen'],
  tls: ['connect'],
  dgram: ['createSocket', 'Socket.prototype.bind'],
  http: ['request', 'get'],
  https: ['request', 'get'],
  http2: ['connect'],
  dns: ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'],
  'dns/promises': ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse'],
  child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  cluster: ['fork'],
  worker_threads: ['Worker'],
};

/** Runs before everything else in the program: what opens something throws from now on. */
const guard = `
import { createRequire, syncBuiltinESMExports } from 'node:module';
const require = createRequire(${JSON.stringify(import.meta.url)});
const forbid = (holder, name, said) => {
  if (typeof holder[name] !== 'function') throw new Error('there is no ' + said);
  holder[name] = function () { throw new Error(said + ' was called'); };
};
for (const [module, paths] of Object.entries(${JSON.stringify(opening)}))
  for (const path of paths) {
    const parts = path.split('.');
    const last = parts.pop();
    forbid(parts.reduce((held, part) => held[part], require('node:' + module)), last, module + '.' + path);
  }
forbid(globalThis, 'fetch', 'fetch');
syncBuiltinESMExports();
`;

/** Modules that the program must not get through with: the guard is only worth what it notices. */
const wrong = {
  'net.connect': "import { connect } from 'node:net'; connect(9);",
  'Server.prototype.listen': "import { createServer } from 'node:http'; createServer().listen(0);",
  'child_process.spawn': "import { spawn } from 'node:child_process'; spawn('node');",
  'worker_threads.Worker': "import { Worker } from 'node:worker_threads'; new Worker('', { eval: true });",
  'dns/promises.lookup': "import { lookup } from 'node:dns/promises'; await lookup('localhost');",
};

it('is imported by a program that has nothing but Node, opens no socket and starts no process', async () => {
  const modules = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort();
  const done = await program(`
    const [imported, failed, noticed] = [[], [], []];
    const attempt = (name, load) => load().then(() => imported.push(name), (error) => failed.push(name + ': ' + error));
    ${modules.map((name) => `await attempt('${name}', () => import('./${name}'));`).join('\n')}
    for (const [what, text] of Object.entries(${JSON.stringify(wrong)}))
      await import('data:text/javascript,' + text).catch(({ message }) => message.includes(what) && noticed.push(what));
    console.log(JSON.stringify({ imported, failed, noticed }));
  `);
  expect(done).toEqual({ imported: modules, failed: [], noticed: Object.keys(wrong) });
});

/** What a program in this folder prints, with the modules that it imports, in one process. */
async function program(contents: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    write: false,
  });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(guard)}`, '--input-type=module', '-'],
    { input: outputFiles[0]?.contents, encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}
