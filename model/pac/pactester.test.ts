import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pacAnswer } from './pac-answer.js';

const isThere = spawnSync('pactester', ['-h']).error === undefined;
const label = fc.constantFrom('a', 'b', 'ab', 'x-1', '*', '?b', 'a*');
const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const host = domain.map((one) => one.replaceAll(/[*?]/g, 'c'));
const byte = fc.constantFrom(0, 1, 10, 128, 255);
const address = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const text = (one: string) => JSON.stringify(one);

/** Conditions that need no resolver: pactester would ask the real one. */
const condition = fc.oneof(
  domain.map((one) => `shExpMatch(host, ${text(one)})`),
  domain.map((one) => `shExpMatch(url, ${text(`*${one}*`)})`),
  host.map((one) => `dnsDomainIs(host, ${text(one)})`),
  host.map((one) => `dnsDomainIs(host, ${text(`.${one}`)})`),
  host.map((one) => `localHostOrDomainIs(host, ${text(one)})`),
  fc.constant('isPlainHostName(host)'),
  fc.nat(3).map((levels) => `dnsDomainLevels(host) === ${levels}`),
  fc
    .tuple(address, address, fc.constantFrom('255.255.255.255', '255.255.0.0', '255.128.0.0', '0.0.0.0'))
    .map(([one, network, mask]) => `isInNet(${text(one)}, ${text(network)}, ${text(mask)})`),
);

// libpacparser1 of Debian has it; where it is absent there is nobody to compare with.
it.skipIf(!isThere)('answers as pactester does, which has an engine and functions of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pac-'));
  const file = join(folder, 'test.pac');
  try {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), host, (conditions, asked) => {
        const lines = conditions.map((one, index) => `  if (${one}) return "PROXY p${index}:1";`);
        const pac = `function FindProxyForURL(url, host) {\n${lines.join('\n')}\n  return "DIRECT";\n}\n`;
        writeFileSync(file, pac);
        const { stdout, stderr } = spawnSync('pactester', ['-p', file, '-u', `http://${asked}/`], {
          encoding: 'utf8',
        });
        const own = pacAnswer(pac, { host: asked, port: 80, address: '198.18.1.10' }, () => null);
        expect(own, stderr).toBe(stdout.trim());
      }),
      { numRuns: 200 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
