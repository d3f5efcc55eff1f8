import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { isOnlyHere } from '../engines/loopback-proxy.js';
import { engineWithoutImages, expectKept, folder, lab } from './testing.js';
import { up } from './up.js';

it('keeps a lab that curl gets into, until it is interrupted', async () => {
  await expectKept('embedded');
});

it('says what fails in the site, and that check says why', async () => {
  const interrupt = new AbortController();
  let said = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said += String(chunk);
    if (said.includes('until Ctrl-C')) interrupt.abort();
    return true;
  });
  onTestFinished(() => write.mockRestore());
  const flags = { engine: 'embedded', out: await folder(), signal: interrupt.signal } as const;
  expect(await up('scenarios/sites/p01-tls-inspection.yaml', flags)).toBe(130);
  expect(said).toMatch(/^failed +app-proxy-01: bootstrap: http-unauthorized$/m);
  expect(said).toContain('connector-lab check scenarios/sites/p01-tls-inspection.yaml says why');
});

it('a second lab in the same folder is refused: it would overwrite the roots of the first', async () => {
  const interrupt = new AbortController();
  const flags = { engine: 'embedded', out: await folder(), signal: interrupt.signal } as const;
  let second: Promise<unknown> = Promise.resolve();
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    if (!String(chunk).includes('until Ctrl-C')) return true;
    second = up('scenarios/sites/documented.yaml', flags).catch((error) => error);
    void second.then(() => interrupt.abort());
    return true;
  });
  onTestFinished(() => write.mockRestore());
  expect(await up('scenarios/sites/documented.yaml', flags)).toBe(130);
  expect(await second).toMatchObject({
    name: 'OutputError',
    message: expect.stringContaining(`another lab (process ${process.pid}) is kept there`),
  });
});

it('follows its file: says at once what opens and closes, and lives in what it has become', async () => {
  const interrupt = new AbortController();
  const out = await folder();
  const file = join(out, 'site.yaml');
  const before =
    'site: Followed\nservers: [{ name: app-proxy-01 }]\nfirewall:\n  rules:\n    - allow: documented\n';
  const closed = before.replace(
    'rules:\n',
    "rules:\n    - { deny: '*.servicebus.windows.net', port: 443 }\n",
  );
  await writeFile(file, before);
  const [put, put2] = [
    (text: string) => writeFile(file, text),
    async (text: string) => {
      // As many editors do.
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    },
  ];
  let said = '';
  const steps: [until: RegExp, then: () => unknown][] = [
    [/until Ctrl-C/, () => put(closed)],
    [
      /closed {2}\*\.servicebus\.windows\.net:443 to app-proxy-01[\s\S]+✗ app-proxy-01: listen: tcp-drop/,
      () => put2(before),
    ],
    [
      /opened {2}\*\.servicebus\.windows\.net:443[\s\S]+Nothing is closed\.[\s\S]+✓ app-proxy-01: listen: ok/,
      () => put(`${before}\nnonsense: 1\n`),
    ],
    [
      /is not taken, and the lab is as before:\n.*nonsense/,
      () => put(before.replace('app-proxy-01', 'app-proxy-09')),
    ],
    [/The lab stays as it is: servers, accounts/, () => interrupt.abort()],
  ];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said += String(chunk);
    const [until, then] = steps[0] ?? [];
    if (until?.test(said)) {
      steps.shift();
      said = '';
      void then?.();
    }
    return true;
  });
  onTestFinished(() => write.mockRestore());
  expect(await up(file, { engine: 'embedded', out, signal: interrupt.signal })).toBe(130);
  expect(steps).toEqual([]);
});

it('--client needs machines, and an image that the engine has', async () => {
  const args = [
    'up',
    'scenarios/sites/documented.yaml',
    '--client',
    'no-such:image',
    '--out',
    await folder(),
  ];
  expect(await lab([...args, '--engine', 'embedded'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('--client needs real machines'),
  });
  await using engine = await engineWithoutImages();
  expect(await lab([...args, '--engine', 'auto'], { DOCKER_HOST: engine.host })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      '--client no-such:image: the container engine has no such image; docker images',
    ),
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.0.2.1', false],
])('a lab that listens at %s is for this computer alone: %s', (host, expected) => {
  expect(isOnlyHere(host)).toBe(expected);
});
