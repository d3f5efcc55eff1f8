import type { Expectation } from '../scenario/expectation.js';
import type { ResultExpectation } from '../scenario/result-expectation.js';
import type { Result } from './results.js';
import type { FoundResult } from './results-of.js';

/** `listen tcp-drop at *.servicebus.windows.net by edge-firewall "deny …"`: an expectation in words. */
export function inWords(expectation: ResultExpectation): string {
  const { operation, result, server, host, port, device, rule } = expectation;
  const place = host ? ` at ${host}${port ? `:${port}` : ''}` : port ? ` at port ${port}` : '';
  const cause = device ? ` by ${device}${rule ? ` "${rule}"` : ''}` : '';
  return `${server ? `${server} ` : ''}${operation} ${result}${place}${cause}`;
}

/**
 * Compares what was found with what a phase must show. Every result must be expected, and every
 * expectation found. Without an expectation for its operation, a result must be `ok`.
 */
export function compareResults(
  found: readonly FoundResult[],
  expectations: readonly Expectation[],
  firstServer: string,
): { results: Result[]; missing: ResultExpectation[] } {
  const expected = expectations.filter((expectation) => expectation.kind === 'result');
  const isAbout = (expectation: ResultExpectation, result: FoundResult) =>
    expectation.operation === result.operation && (expectation.server ?? firstServer) === result.server;
  const results = found.map((result): Result => {
    const about = expected.filter((expectation) => isAbout(expectation, result));
    const hit = about.find((expectation) => meets(result, expectation));
    const wanted = about.length > 0 ? about.map(inWords).join(' or ') : `${result.operation} ok`;
    return {
      ...result,
      expected: hit ? inWords(hit) : wanted,
      matched: hit !== undefined || (about.length === 0 && result.result === 'ok'),
    };
  });
  const missing = expected.filter(
    (expectation) => !found.some((result) => isAbout(expectation, result) && meets(result, expectation)),
  );
  return { results, missing };
}

function meets(found: FoundResult, expected: ResultExpectation): boolean {
  return (
    found.result === expected.result &&
    (expected.host === undefined || (found.host !== undefined && hostMeets(found.host, expected.host))) &&
    (expected.port === undefined || found.port === expected.port) &&
    (expected.device === undefined || found.device === expected.device) &&
    (expected.rule === undefined || found.rule === expected.rule)
  );
}

function hostMeets(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
