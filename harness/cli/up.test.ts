import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectKept, up } from './testing.js';

it('keeps a lab that curl gets into, until it is interrupted', async () => {
  await expectKept('embedded');
});

it('says what fails in the site, and that check says why', async () => {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-up-'));
  const lab = await up('scenarios/sites/p01-tls-inspection.yaml', out, 'embedded');
  try {
    expect(lab.text).toMatch(/^failed +app-proxy-01: bootstrap: http-unauthorized$/m);
    expect(lab.text).toContain('connector-lab check scenarios/sites/p01-tls-inspection.yaml says why');
  } finally {
    await lab.interrupt();
    await rm(out, { recursive: true });
  }
});
