import { XMLBuilder } from 'fast-xml-parser';
import type { RunResults } from '../../model/verdict/results.js';
import { type Case, casesOf } from '../contract/cases.js';

const builder = new XMLBuilder({
  format: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  attributeValueProcessor: (_name, value) => xmlCharacters(String(value)),
  tagValueProcessor: (_name, value) => xmlCharacters(String(value)),
});

/**
 * JUnit XML as CI servers read it (Jenkins' junit-10.xsd): one test case a scenario, named by its
 * area. A failure that was declared or known is skipped with its reason, as other runners write
 * expected failures; what should have run and did not is an error, and so is a lab that failed. Times in
 * seconds.
 */
export function renderJunit(results: RunResults): string {
  const { durationMs, startedAt, engine } = results;
  const cases = casesOf(results);
  const count = (...statuses: Case['status'][]) =>
    cases.filter(({ status }) => statuses.includes(status)).length;
  const ofLab = cases.filter(isLabs).length;
  const counts = {
    '@tests': cases.length,
    '@failures': count('failed') - ofLab,
    '@errors': count('missing') + ofLab,
  };
  const time = { '@time': seconds(durationMs) };
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'connector-lab',
      ...counts,
      ...time,
      testsuite: {
        '@name': `connector-lab (${engine})`,
        ...counts,
        '@skipped': count('skipped', 'tolerated'),
        ...time,
        '@timestamp': startedAt,
        testcase: cases.map(testCase),
      },
    },
  });
}

/** No test of the scenario failed: there was nothing left to test it in. */
function isLabs({ status, scenario }: Case): boolean {
  return status === 'failed' && scenario?.labFailed === true;
}

function testCase(one: Case) {
  const { id, title, status, message, durationMs, scenario } = one;
  const [area = ''] = id.split('/');
  const outcome = () => {
    if (isLabs(one)) return { error: { '@message': message, '@type': 'the lab failed', '#text': message } };
    switch (status) {
      case 'failed':
        return { failure: { '@message': message, '@type': scenario?.outcome ?? status, '#text': message } };
      case 'missing':
        return { error: { '@message': message, '@type': 'not run', '#text': message } };
      case 'tolerated':
        return { skipped: { '@message': toleratedBecause(message, scenario), '@type': 'expected failure' } };
      case 'skipped':
        return { skipped: { '@message': message } };
      case 'passed':
        return {};
    }
  };
  return { '@classname': area, '@name': `${id}: ${title}`, '@time': seconds(durationMs), ...outcome() };
}

function toleratedBecause(message: string, scenario: Case['scenario']): string {
  const declared = scenario?.expectedFailure;
  return declared
    ? `expected to fail until ${declared.until}: ${declared.reason}; ${message}`
    : `fails as in the baseline; ${message}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML 1.0 has no place for most control characters, escaped or not. */
function xmlCharacters(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
