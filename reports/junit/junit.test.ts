import { spawnSync } from 'node:child_process';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compareWithBaseline } from '../../model/verdict/baseline.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderJunit } from './junit.js';

/** What Jenkins and GitLab read, with nothing that Jenkins' junit-10.xsd does not know. */
const countsSchema = {
  name: z.string(),
  tests: z.string(),
  failures: z.string(),
  errors: z.string(),
  time: z.string().regex(/^\d+\.\d{3}$/),
};
const messageSchema = z.strictObject({
  message: z.string(),
  type: z.string().optional(),
  '#text': z.string().optional(),
});
const caseSchema = z.strictObject({
  classname: z.string(),
  name: z.string(),
  time: z.string(),
  failure: messageSchema.optional(),
  error: messageSchema.optional(),
  skipped: messageSchema.optional(),
});
const fileSchema = z.strictObject({
  ...countsSchema,
  testsuite: z.strictObject({
    ...countsSchema,
    skipped: z.string(),
    timestamp: z.string(),
    testcase: z.array(caseSchema),
  }),
});

const suiteSchema = z.object({
  tests: z.literal('3'),
  failures: z.literal('1'),
  skipped: z.literal('1'),
  errors: z.literal('0'),
  testcase: z.tuple([
    z.object({ classname: z.literal('verify'), name: z.string(), time: z.literal('0.161') }),
    z.object({ failure: z.object({ message: z.string(), '#text': z.string() }) }),
    z.object({ skipped: z.object({ message: z.string() }) }),
  ]),
});

/** Stricter about characters than any reader in JavaScript. */
const strictReaders = [
  ['xmllint', '--noout', '-'],
  ['python3', '-c', 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin.buffer)'],
] as const;

function read(xml: string) {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
  });
  return fileSchema.parse(parser.parse(xml).testsuites).testsuite;
}

describe('renderJunit', () => {
  it('a lab that failed is an error, not a failure', () => {
    const { results } = sample();
    const scenarios = results.scenarios.map((one) =>
      one.outcome === 'failed' ? ({ ...one, labFailed: true } as const) : one,
    );
    const { failures, errors, testcase } = read(renderJunit({ ...results, scenarios }));
    expect({ failures, errors }).toEqual({ failures: '0', errors: '1' });
    expect(testcase[1]?.error?.type).toBe('the lab failed');
  });

  it('gives a test case a scenario, with the reason as the message', () => {
    const [passed, failed, skipped] = suiteSchema.parse(read(renderJunit(sample().results))).testcase;
    expect(passed.name).toBe('verify/signalling: No signalling: the portal stays green');
    expect(failed.failure.message).toMatch(/^change: expected tls-untrusted-issuer by inspector/);
    expect(failed.failure['#text']).toBe(failed.failure.message);
    expect(skipped.skipped.message).toBe('the embedded engine cannot lose packets');
  });

  it('skips a failure that was declared, and has an error for what did not run', () => {
    const { results } = sample();
    const expected = new Map([['tls/issuer', { reason: 'ticket 7', until: '2999-12-31' }]]);
    const missing = { why: 'killed' as const, underWay: ['tls/last'], notStarted: [], shards: [] };
    const compared = compareWithBaseline(
      { ...results, partial: true, missing },
      { expected, slowerFactor: 2 },
    );
    const suite = read(renderJunit(compared));
    expect(suite).toMatchObject({ tests: '4', failures: '0', errors: '1', skipped: '2' });
    expect(suite.testcase[1]?.skipped?.message).toMatch(
      /^expected to fail until 2999-12-31: ticket 7; change: /,
    );
    expect(suite.testcase[3]?.error?.message).toBe('not finished: it was under way when the run was killed');
  });

  it('is well-formed whatever was captured', ({ skip }) => {
    const nasty = `<a b='"'>]]>&\u0000\u0001\u001b\ufffe\uffff\ud800 \t\n𝄞`;
    const { results } = mapTexts(sample(), (text, key) =>
      /^(id|title|reason)$/.test(key) ? text + nasty : text,
    );
    const xml = renderJunit(results);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('𝄞');
    const judges = strictReaders.map(([command, ...args]) =>
      spawnSync(command, args, { input: xml, encoding: 'utf8' }),
    );
    const present = judges.filter(({ error }) => error === undefined);
    if (present.length === 0) return skip('neither xmllint nor python3 is installed');
    expect(present.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      present.map(() => ({ status: 0, stderr: '' })),
    );
  });
});
