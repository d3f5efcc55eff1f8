import { expect, it, onTestFinished, vi } from 'vitest';
import { expectKept, folder } from './testing.js';
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
