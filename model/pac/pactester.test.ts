import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pacAnswer } from './pac-answer.js';

const isThere = spawnSync('pactester', ['-h']).error === undefined;
if (!isThere) console.warn('model/pac: there is no pactester (libpacparser1) to compare PAC files with');
const label = fc.constantFrom('a', 'b', 'ab', 'x-1', '*', '?b', 'a*');
const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const host = domain.map((one) => one.replaceAll(/[*?]/g, 'c'));
const byte = fc.constantFrom(0, 1, 10, 128, 255);
const address = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
const text = (one: string | string[]) => JSON.stringify(one);

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
  fc.tuple(address, address).map(([one, network]) => `isInNet(${text(one)}, ${text(network)}, "255.0.0.0")`),
  host.map((one) => `host.toLowerCase().indexOf(${text(one)}) >= 0`),
  host.map((one) => `new RegExp("^" + ${text(one)} + "$").test(host)`),
  fc.constantFrom('url.substring(0, 5) == "http:"', '!!host.match(/^a/i)', 'host === "a" || host == "b"'),
);

const answer = fc.nat(9).map((index) => `"PROXY p${index}:1; DIRECT"`);
/** The forms in which people write conditions down: one after the other, joined, nested, as lists and tables. */
const branch = fc.oneof(
  fc.tuple(condition, answer).map(([one, to]) => `if (${one}) return ${to};`),
  fc.tuple(condition, condition, answer).map(([a, b, to]) => `if (${a} || !(${b}))\n    { return ${to} }`),
  fc
    .tuple(condition, condition, answer, answer)
    .map(([a, b, to, or]) => `if (${a} && ${b}) return ${to}; else if (${b}) { return ${or}; }`),
  fc.tuple(condition, condition, answer).map(([a, b, to]) => `if (${a}) { if (${b}) { return ${to}; } }`),
  fc
    .tuple(fc.array(domain, { minLength: 1, maxLength: 4 }), answer)
    .map(
      ([list, to]) =>
        `var list = ${text(list)};\n  for (var i = 0; i < list.length; i++) if (shExpMatch(host, list[i])) return ${to};`,
    ),
  fc
    .tuple(host, host, answer, answer)
    .map(
      ([a, b, to, or]) => `switch (host) { case ${text(a)}: return ${to}; case ${text(b)}: return ${or}; }`,
    ),
  fc
    .tuple(host, answer)
    .map(
      ([one, to]) =>
        `var table = { ${text(one)}: ${to} };\n  if (table.hasOwnProperty(host)) return table[host];`,
    ),
  fc.tuple(condition, answer).map(([one, to]) => `var way = ${one} ? ${to} : null; if (way) return way;`),
);

// libpacparser1 of Debian has it; where it is absent there is nobody to compare with.
it.skipIf(!isThere)('answers as pactester does, which has an engine and functions of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pac-'));
  const file = join(folder, 'test.pac');
  try {
    fc.assert(
      fc.property(fc.array(branch, { minLength: 1, maxLength: 5 }), host, (branches, asked) => {
        const pac = `function FindProxyForURL(url, host) {\n  ${branches.join('\n  ')}\n  return "DIRECT";\n}\n`;
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
