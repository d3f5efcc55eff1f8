import { queryTimeoutMs, synTimeoutMs } from '../../mocks/devices/refusal.js';
import type { ComparedHop } from '../../model/path/recorded.js';
import type { Hop, Way } from '../../model/path/way.js';
import type { NearRule } from '../../model/policy/nearest-rule.js';
import type { LiveTrace } from '../run/live-trace.js';

/** A way as `trace` prints it; with what a lab recorded, hop by hop, where there is one. */
export function wayInWords({ flow, hops, outcome, stops }: Way, lab?: LiveTrace): string {
  const { server, account, stack, host, port } = flow;
  const rows = hops.map((hop, index) => [
    `${hop.notJudged ? '?' : hop.result ? '✗' : ' '} ${hop.device.padEnd(16)} ${hop.action.padEnd(12)} ${hop.rule ?? ''}`.trimEnd(),
    `    ${hop.from === server ? '' : `(of the ${hop.from}) `}${hop.explanation}`,
    ...(hop.passedOver ? [`    ${hop.passedOver}${patience(hop.passedOver)}: the next way is tried`] : []),
    ...(hop.notJudged ? [`    not judged: ${doubtInWords(hop, hop.notJudged)}`] : []),
    ...(hop.near ? [`    nearest: ${nearInWords(hop.near)}`] : []),
    ...(lab ? [`    lab: ${recordedInWords(lab.hops[index])}`] : []),
  ]);
  const [first, ...behind] = stops;
  const also = behind.length > 0 ? ` Then ${behind.map(called).join(', ')} would.` : '';
  return [
    `${server} (${account}, ${stack} stack) to ${host}:${port}`,
    '',
    ...rows.flat(),
    '',
    first ? `${outcome}: ${called(first)} stops it.${also}` : unstopped(hops),
    ...(lab ? labInWords(lab) : []),
  ].join('\n');
}

/** A device, or which of several firewalls it is. */
function called({ device, firewall }: Hop): string {
  return firewall === undefined ? device : `${device} "${firewall}"`;
}

/** What a dead proxy costs, every time. */
function patience(result: Hop['passedOver']): string {
  const ms = result === 'tcp-drop' ? synTimeoutMs : result === 'dns-timeout' ? queryTimeoutMs : 0;
  return ms > 0 ? ` after ${ms / 1000} s` : '';
}

/** Names of so many rules are told. */
const mostRules = 5;

function doubtInWords({ device }: Hop, rules: readonly string[]): string {
  if (device === 'server') return 'nothing here says whether it is the right one';
  const more = rules.length > mostRules ? ` and ${rules.length - mostRules} more` : '';
  const names = rules.slice(0, mostRules).map((name) => `"${name}"`);
  return `${names.join(', ')}${more} before it may be about this connection, which nothing here says`;
}

function unstopped(hops: Way['hops']): string {
  const doubtful = [...new Set(hops.flatMap((hop) => (hop.notJudged ? [called(hop)] : [])))];
  return doubtful.length === 0
    ? 'It comes through.'
    : `Not judged: what ${doubtful.join(' and ')} does hangs on rules that may or may not be about it.`;
}

function nearInWords({ rule, number, why }: NearRule): string {
  return `${number === undefined ? '' : `rule ${number}, `}"${rule}", ${why}`;
}

function recordedInWords(compared: ComparedHop | undefined): string {
  const recorded = compared?.recorded;
  if (!recorded) return 'recorded nothing here';
  const { action, rule, log } = recorded;
  return [action, ...(rule === undefined ? [] : [`by "${rule}"`]), ...(log ? [`(${log})`] : [])].join(' ');
}

function labInWords({ engine, comesThrough, differences }: LiveTrace): string[] {
  const end = comesThrough ? 'it was answered' : 'nobody answered';
  if (differences.length === 0) return [`In the lab (${engine}) ${end}, and the devices decided alike.`];
  return [
    `In the lab (${engine}) ${end}. Lab and oracle differ, which is a fault of connector-lab, not of the site:`,
    ...differences.map((one) => `  - ${one}`),
  ];
}
