import type { RunResults } from '../../model/verdict/results.js';
import { byAdministrator, salutation } from './administrators.js';
import type { ChangeRequest, Target } from './report.js';
import { type Requirements, todayOf, whyLines } from './request-why.js';

/** Of one request, more events than this show nothing more. */
const mostEvents = 6;

/**
 * Requests as plain text for a mail or a ticket, those to one administrator together.
 * @param closing the run or the site in one sentence
 */
export function asText(
  requests: readonly ChangeRequest[],
  requirements: Requirements,
  closing: string,
  { startedAt, engine }: Pick<RunResults, 'startedAt' | 'engine'>,
): string {
  const groups = byAdministrator(requests);
  const order = groups.length > 1 ? ['', 'The numbers are the order in which mending helps.'] : [];
  const heading = [
    closing,
    `Seen in a simulation by connector-lab on ${startedAt.slice(0, 10)}, engine ${engine}; evidence is named by its lines in events.jsonl.`,
    ...(requests.length === 0 ? ['', 'There is nothing to ask for.'] : order),
  ];
  const told = groups.map((group) =>
    [
      `${salutation(group.administrator)}:`,
      ...group.requests.map((one) => requestText(one, requirements)),
    ].join('\n\n'),
  );
  return `${[heading.join('\n'), ...told].join('\n\n')}\n`;
}

/** One request. */
export function requestText(request: ChangeRequest, requirements: Requirements): string {
  const { number, ask, servers, targets, reasons, seen, later, events } = request;
  const today = todayOf(request);
  return [
    `${number}. ${ask}`,
    ...(servers.length > 0 ? [`   From: ${servers.join(', ')}`] : []),
    ...targets.map((target) => `   - ${targetText(target)}`),
    ...(today === '' ? [] : [`   Today: ${today}`]),
    ...because(reasons).map((line) => `   Because: ${line}`),
    ...(seen.length > 0 ? [`   Seen: ${seen.join('; ')}`] : []),
    ...(later === undefined ? [] : [`   Later: ${later}`]),
    ...whyLines(request, requirements).map((line) => `   Why: ${line}`),
    ...(events.length > 0 ? [`   Evidence: ${eventsText(events)}`] : []),
  ].join('\n');
}

/** More reasons of one kind than this say nothing more to whoever makes the change. */
const mostReasons = 3;

function because(reasons: readonly string[]): string[] {
  const rest = reasons.length - mostReasons;
  return [...reasons.slice(0, mostReasons), ...(rest > 0 ? [`the same of ${rest} more connections`] : [])];
}

function targetText({ host, port, accounts, observed, reached }: Target): string {
  const place = port === undefined ? host : `${host}, TCP port ${port}`;
  const as = accounts.length === 0 ? '' : `, account ${accounts.join(', ')}`;
  const names = observed.length === 0 ? '' : ` (seen: ${observed.join(', ')})`;
  return `${place}${as}${names}${reached ? '' : ' (not reached in this run: what comes before it failed)'}`;
}

function eventsText(events: readonly string[]): string {
  const rest = events.length - mostEvents;
  return `${events.slice(0, mostEvents).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
