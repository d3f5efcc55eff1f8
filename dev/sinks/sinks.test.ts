import { sep } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { report } from '../../harness/cli/errors.js';
import { captureFolder } from '../../harness/engines/containers/captures.js';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { hostileTexts } from '../../model/verdict/sample/hostile.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { type Sample, sample } from '../../model/verdict/sample/sample.js';
import { renderCheck } from '../../reports/check/check.js';
import { renderCtrf } from '../../reports/ctrf/ctrf.js';
import { githubAnnotations } from '../../reports/github/annotations.js';
import { renderJunit } from '../../reports/junit/junit.js';
import { renderRequestsCsv, renderRequestsText } from '../../reports/requests/requests.js';
import { renderSarif } from '../../reports/sarif/sarif.js';
import { renderSummary } from '../../reports/summary/summary.js';

/**
 * Whatever is shown cannot act where it is shown: a test for each sink, all with the same corpus. Pages are
 * tested in a browser (reports/html/hostile.test.ts).
 */

/** Texts that come from outside: of names, rules, hosts, captured words. Closed words stay what they are. */
const foreign =
  /^(id|scenario|title|reason|rule|rules|reasons|host|hosts|detail|explanation|words|text|file|name|server|servers|change|expected|observed|setting|place|application|users?)$/;
const spoilt = ({ results, events }: Sample, by: string): Sample =>
  mapTexts({ results, events }, (text, key) => (foreign.test(key) ? `${by}${text}${by}` : text));
const runs = hostileTexts.map((by) => [JSON.stringify(by).slice(0, 50), spoilt(sample(), by)] as const);
const checks = hostileTexts.map(
  (by) => [JSON.stringify(by).slice(0, 50), spoilt(checkSample(), by)] as const,
);

/** What steers a terminal, turns the text around it, or is not seen. */
const steers = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\ufffe\uffff]/u;
const withoutLines = (text: string) => text.replaceAll(/\r?\n/g, ' ');

describe('a terminal', () => {
  it.each(checks)('is not steered by what check says: %s', (_, { results }) => {
    const text = renderCheck({ results });
    expect(text.length).toBeGreaterThan(100);
    expect(withoutLines(text)).not.toMatch(steers);
  });

  it.each(hostileTexts.map((text) => [text]))('is not steered by an error: %j', (text) => {
    const written: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = (chunk) => written.push(String(chunk)) > 0;
    try {
      report(Object.assign(new Error(text), { name: 'UsageError' }), new AbortController().signal);
    } finally {
      process.stderr.write = write;
    }
    expect(withoutLines(written.join(''))).not.toMatch(steers);
  });

  it.each(checks)('is not steered by requests.txt: %s', (_, { results, events }) => {
    const text = renderRequestsText(results, evidenceOf(events));
    expect(text.length).toBeGreaterThan(100);
    expect(withoutLines(text)).not.toMatch(steers);
  });
});

describe('a spreadsheet', () => {
  it.each(checks)('computes nothing of requests.csv: %s', (_, { results, events }) => {
    const csv = renderRequestsCsv(results, evidenceOf(events));
    const cells = [...csv.matchAll(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^,\r\n]*)/g)].map(([, cell = '']) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    );
    expect(cells.length).toBeGreaterThan(20);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(withoutLines(csv)).not.toMatch(steers);
  });
});

describe('GitHub Actions', () => {
  it.each(runs)('runs no command of what was captured: %s', (_, { results }) => {
    const lines = githubAnnotations(results);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) title=[^:,\r\n]*::[^\r\n]*$/);
      expect(line).not.toMatch(steers);
    }
  });
});

describe('Markdown', () => {
  it.each(runs)('shows captured text as code: %s', (_, { results }) => {
    const text = renderSummary(results);
    // A span of code ends only at a run of as many backticks as it began with.
    const shown = text.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
    expect(shown).not.toMatch(/<[a-z!/]|\]\(|@everyone|forged|evil/i);
    expect(withoutLines(text)).not.toMatch(steers);
  });
});

describe('a reader of results', () => {
  const texts = (value: unknown): string[] => {
    const found: string[] = [];
    mapTexts(value, (text) => {
      found.push(text);
      return text;
    });
    return found;
  };

  it.each(checks)('gets links to files, and nothing else, in SARIF: %s', (_, { results }) => {
    const sarif: unknown = JSON.parse(renderSarif(results) ?? '{}');
    expect(texts(sarif).filter((text) => steers.test(text))).toEqual([]);
    const uris = [...JSON.stringify(sarif).matchAll(/"uri":"([^"]*)"/g)].map(([, uri = '']) => uri);
    expect(uris.filter((uri) => /^(javascript|file|data):|\.\.[\\/]|\\/i.test(uri))).toEqual([]);
  });

  it.each(runs)('gets well-formed JUnit without entities: %s', (_, { results }) => {
    const xml = renderJunit(results);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/<!(DOCTYPE|ENTITY|\[CDATA)/);
    expect(JSON.stringify(new XMLParser({ ignoreAttributes: false }).parse(xml))).not.toContain('u001b');
  });

  it.each(runs)('gets texts that steer nothing in CTRF: %s', (_, { results }) => {
    expect(texts(JSON.parse(renderCtrf(results))).filter((text) => steers.test(withoutLines(text)))).toEqual(
      [],
    );
  });
});

describe('a file system', () => {
  it('gets names that stay below their folder, and are not too long', () => {
    for (const scenario of hostileTexts) {
      const parts = captureFolder({ scenario }).split(/[\\/]/);
      expect(
        parts.filter((part) => /^\.|^-|[^a-z\d.#_-]/i.test(part) || part.length > 200),
        scenario,
      ).toEqual([]);
      expect(parts.join(sep)).not.toBe('');
    }
  });

  it('gets another name for each id', () => {
    const names = new Set(hostileTexts.map((scenario) => captureFolder({ scenario }).toLowerCase()));
    expect(names.size).toBe(hostileTexts.length);
  });
});
