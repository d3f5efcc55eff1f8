import type { RunResults } from '../../model/verdict/results.js';
import { type Case, casesOf } from '../contract/cases.js';

/**
 * JUnit XML as CI servers read it (Jenkins' junit-10.xsd): one test case a scenario, named by its
 * area. A failure that was declared or known is skipped with its reason, as other runners write
 * expected failures; what should have run and did not is an error. Times in seconds.
 */
export function renderJunit(results: RunResults): string {
  const { durationMs, startedAt, engine } = results;
  const cases = casesOf(results);
  const count = (...statuses: Case['status'][]) =>
    cases.filter(({ status }) => statuses.includes(status)).length;
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="${count('missing')}"`;
  const time = `time="${seconds(durationMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="connector-lab" ${counts} ${time}>`,
    `<testsuite name="connector-lab (${engine})" ${counts} skipped="${count('skipped', 'tolerated')}" ${time} timestamp="${escapeXml(startedAt)}">`,
    ...cases.map(testCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ id, title, status, message, durationMs, scenario }: Case): string {
  const [area = ''] = id.split('/');
  const open = `<testcase classname="${escapeXml(area)}" name="${escapeXml(`${id}: ${title}`)}" time="${seconds(durationMs)}"`;
  const text = escapeXml(message);
  switch (status) {
    case 'failed':
      return `${open}><failure message="${text}" type="${scenario?.outcome ?? status}">${text}</failure></testcase>`;
    case 'missing':
      return `${open}><error message="${text}" type="not run">${text}</error></testcase>`;
    case 'tolerated':
      return `${open}><skipped message="${escapeXml(toleratedBecause(message, scenario))}" type="expected failure"/></testcase>`;
    case 'skipped':
      return `${open}><skipped message="${text}"/></testcase>`;
    case 'passed':
      return `${open}/>`;
  }
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
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
