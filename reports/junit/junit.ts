import type { RunResults, ScenarioResults } from '../../harness/verdict/results.js';

/** JUnit XML as CI servers read it: one test case a scenario, named by its area. Times in seconds. */
export function renderJunit({ scenarios, durationMs, startedAt, engine }: RunResults): string {
  const count = (outcome: ScenarioResults['outcome']) =>
    scenarios.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${scenarios.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" time="${seconds(durationMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="connector-lab" ${counts}>`,
    `<testsuite name="connector-lab (${engine})" ${counts} timestamp="${escapeXml(startedAt)}">`,
    ...scenarios.map(testCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ id, title, outcome, reason = '', durationMs }: ScenarioResults): string {
  const [area = ''] = id.split('/');
  const open = `<testcase classname="${escapeXml(area)}" name="${escapeXml(`${id}: ${title}`)}" time="${seconds(durationMs)}"`;
  const message = escapeXml(reason);
  switch (outcome) {
    case 'failed':
      return `${open}><failure message="${message}" type="unexpected">${message}</failure></testcase>`;
    case 'skipped':
      return `${open}><skipped message="${message}"/></testcase>`;
    case 'flaky':
      return `${open}><system-out>flaky: ${message}</system-out></testcase>`;
    case 'passed':
      return `${open}/>`;
  }
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
