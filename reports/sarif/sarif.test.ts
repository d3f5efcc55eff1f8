import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { printable } from '../../model/evidence/printable.js';
import type { Site } from '../../model/site/schema.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderSarif } from './sarif.js';

const text = z.object({ text: z.string().min(1).max(1024) });
/** What GitHub's code scanning asks for, by its page "SARIF support for code scanning"; nothing of it may be empty. */
const sarif = z.object({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          name: z.string().min(1),
          rules: z.array(
            z.object({
              id: z.string().min(1),
              shortDescription: text,
              fullDescription: text,
              help: text.extend({ text: z.string().min(1) }),
              defaultConfiguration: z.object({ level: z.enum(['note', 'warning', 'error']) }),
            }),
          ),
        }),
      }),
      results: z.array(
        z.object({
          ruleId: z.string().min(1),
          ruleIndex: z.int().min(0),
          level: z.enum(['note', 'warning', 'error']),
          message: z.object({ text: z.string().min(1) }),
          locations: z.tuple([
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({ uri: z.string().regex(/^[\w.~!*'()%/-]+$/) }),
                region: z.object({ startLine: z.int().min(1) }),
              }),
            }),
          ]),
          partialFingerprints: z.object({ primaryLocationLineHash: z.string().regex(/^[\da-f]{16}:\d+$/) }),
        }),
      ),
    }),
  ]),
});

const deny = { file: 'firewall/edge rules.save', line: 12 };
const unclear = { file: 'firewall/edge rules.save', line: 40 };
/** The sample as if its site were imported, from the line `at` on. */
function imported(at = deny.line) {
  const { results } = checkSample();
  const { check } = results;
  const key = results.scenarios[0]?.site ?? '';
  const site = results.sites[key];
  if (!check || !site) throw new Error('the sample is no check');
  const source = { ...deny, line: at };
  const named = (rule: string, { file, line }: typeof deny) => `${rule} (${file}:${line})`;
  const rules: Site['firewall']['rules'] = [{ deny: '*.servicebus.windows.net', port: 'any', source }];
  return {
    ...results,
    sites: { [key]: { ...site, firewall: { ...site.firewall, rules } } },
    check: {
      ...check,
      requests: check.requests.map((one, index) =>
        index === 0
          ? { ...one, rules: one.rules.map((rule) => named(rule, source)), sources: [source] }
          : one,
      ),
      notJudged: check.notJudged.map((one) => ({
        ...one,
        rules: one.rules.map((rule) => named(rule, unclear)),
        sources: [unclear],
      })),
    },
  };
}

describe('renderSarif', () => {
  it('has what GitHub requires: a result for each line, by the requirement, with what to do and why', () => {
    const [run] = sarif.parse(JSON.parse(renderSarif(imported()) ?? '')).runs;
    const uri = 'firewall/edge%20rules.save';
    expect(
      run.results.map(({ ruleId, level, locations: [{ physicalLocation }] }) => [
        ruleId,
        level,
        physicalLocation.artifactLocation.uri,
        physicalLocation.region.startLine,
      ]),
    ).toEqual([
      ['hosts/service', 'error', uri, 12],
      ['connector-lab/site', 'warning', uri, 40],
    ]);
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    const [broken, notJudged] = run.results.map(({ message }) => message.text);
    expect(broken).toMatch(
      /^Open \*\.servicebus\.windows\.net:443, .* Today this line decides \("deny \*\.servicebus\.windows\.net"\): rule 1 fits .*\. It is about hosts\/service\.$/,
    );
    expect(notJudged).toMatch(/^Say in the site file what this line means: .* login\.windows\.net:443\./);
  });

  it('knows a result again when lines move', () => {
    const prints = [12, 99].map((line) =>
      sarif
        .parse(JSON.parse(renderSarif(imported(line)) ?? ''))
        .runs[0].results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash),
    );
    expect(prints[1]).toEqual(prints[0]);
    expect(new Set(prints[0]).size).toBe(2);
  });

  it('has no result, so that alerts are closed, where the imported site is mended', () => {
    const results = imported();
    const check = { ...results.check, outcome: 'works' as const, requests: [], notJudged: [] };
    const [run] = sarif.parse(JSON.parse(renderSarif({ ...results, check }) ?? '')).runs;
    expect(run.results).toEqual([]);
  });

  it('is not there without an imported rule, without a check, and where nothing is said of the site', () => {
    expect(renderSarif(checkSample().results)).toBeUndefined();
    expect(renderSarif(sample().results)).toBeUndefined();
    const { check, ...results } = imported();
    expect(renderSarif({ ...results, check: { ...check, outcome: 'control-failed' } })).toBeUndefined();
  });

  it('shows nothing that turns or hides the rest, whatever was captured', () => {
    const nasty = mapTexts(imported(), (one, key) =>
      ['ask', 'file', 'reasons', 'statement'].includes(key) ? `${one}\u001b[2J\u202e\ud800#?` : one,
    );
    const told = renderSarif(nasty) ?? '';
    sarif.parse(JSON.parse(told));
    expect(told).not.toContain('\\u');
    expect(told.replaceAll('\n', '')).toBe(printable(told.replaceAll('\n', '')));
  });
});
