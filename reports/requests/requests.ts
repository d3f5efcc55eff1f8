import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { besideRequests } from '../contract/check-rest.js';
import { cleanJson } from '../contract/clean.js';
import { closingSentence } from '../contract/closing.js';
import { asCsv } from '../contract/request-csv.js';
import { asText } from '../contract/request-text.js';
import { requestsOf } from '../contract/requests-of.js';

/** What the report's page for the administrator holds, as plain text for a mail or a ticket. */
export function renderRequestsText(results: RunResults, evidence: EvidenceOf): string {
  const requests = shown(requestsOf(results, evidence));
  const text = asText(requests, requirementsOf(results), shown(closingSentence(results)), results);
  const beside = shown(besideRequests(results)).map(
    ({ heading, lines }) => `\n${heading}:\n${lines.map((line) => `- ${line}\n`).join('')}`,
  );
  return [text, ...beside].join('');
}

/** The same requests as CSV, a line per host. */
export function renderRequestsCsv(results: RunResults, evidence: EvidenceOf): string {
  return asCsv(shown(requestsOf(results, evidence)), requirementsOf(results));
}

/** Captured text as the page shows it: nothing in it turns or hides the rest. */
function shown<T>(value: T): T {
  return JSON.parse(cleanJson(value));
}

function requirementsOf({ requirements }: RunResults) {
  return new Map(requirements.map((one) => [one.id, one]));
}
