import type { EventBody } from '../evidence/event.js';
import { type Hop, inTime, type Way } from './way.js';

/** What a device of a running lab wrote down about a connection, or a name that was asked for. */
export interface Recorded extends Pick<Hop, 'device' | 'from' | 'action' | 'rule'> {
  /** The line that the device logged, where it has a log. */
  log?: string;
}

/** What devices wrote down, in the order of the events. */
export function recordedIn(events: readonly (EventBody & { machine: string })[]): Recorded[] {
  return events.flatMap((event): Recorded[] => {
    if (event.kind === 'decision') {
      const { device, action, rule, log, flow } = event;
      return [{ device, from: flow.machine, action, rule, ...(log && { log }) }];
    }
    if (event.kind !== 'dns') return [];
    const { rule, outcome, machine, device } = event;
    const action = outcome === 'ok' ? 'answer' : 'misanswer';
    return [{ device, from: machine, action, ...(rule && { rule }) }];
  });
}

/** A hop of the oracle, and what the lab recorded there; absent: nothing, or it cannot be asked. */
export interface ComparedHop {
  hop: Hop;
  recorded?: Recorded;
}

/** The oracle's way beside a running lab's. */
export interface ComparedWay {
  hops: ComparedHop[];
  /** What lab and oracle do not say alike, in words. */
  differences: string[];
}

/**
 * The oracle's way against what a lab recorded of a client that looks at no certificate. `isThrough`:
 * the client was answered. Compared is what this client can meet: the hops up to the first that stops
 * it, or to an inspector, with which its handshake is then. Nothing behind a wrong address is compared.
 */
export function compareWay(way: Way, recorded: readonly Recorded[], isThrough: boolean): ComparedWay {
  const met = new Set(hopsMet(way));
  const left = [...recorded];
  const hops = way.hops.map((hop): ComparedHop => {
    const at = met.has(hop) ? left.findIndex((one) => isAt(one, hop)) : -1;
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return { hop, ...(found && { recorded: found }) };
  });
  const isAstray = [...met].some((hop) => hop.isAstray);
  const isInspected = [...met].some(({ action }) => action === 'inspect');
  const other = hops.flatMap((one) => (met.has(one.hop) ? differenceAt(one) : []));
  const unforeseen = [
    ...left.filter(
      (one) => isAboutName(one) && one.rule !== undefined && !way.hops.some((hop) => isSame(one, hop)),
    ),
    ...(isAstray || isInspected ? [] : left.filter(isForeseeable)),
  ];
  const more = unforeseen.map((one) => `the oracle says nothing of ${inWords(one)}, which the lab recorded`);
  const end = isAstray ? [] : differenceAtEnd([...met], way, isThrough);
  return { hops, differences: [...other, ...more, ...end] };
}

function hopsMet({ hops }: Way): Hop[] {
  const last = hops.findIndex(
    ({ device, action, result, isAstray }) =>
      isAstray ||
      (action !== 'present' && result !== undefined) ||
      (device === 'inspector' && action === 'inspect'),
  );
  const stop = hops[last];
  const met = stop ? hops.slice(0, hops.indexOf(inTime(hops, stop)) + 1) : hops;
  // One that waits for a name is not asked where the connection did not come about.
  return met.filter((hop) => inTime(hops, hop) === hop);
}

/** Names are asked for more than once, all answered alike, and a link tells what it delays and sends again. */
function isForeseeable({ device, action }: Recorded): boolean {
  return device !== 'resolver' && !isAboutName({ action }) && (device !== 'link' || action === 'expire');
}

function isAboutName({ action }: Pick<Hop, 'action'>): boolean {
  return action === 'answer' || action === 'misanswer';
}

/** Firewalls and resolver are asked by several machines; the other devices about one connection of a way. */
function isAt({ device, from, action }: Recorded, hop: Hop): boolean {
  // A server has lists that tell of a name, and settings that tell the way.
  if (device === 'server' && isAboutName({ action }) !== isAboutName(hop)) return false;
  return device === hop.device && (from === hop.from || !['edge-firewall', 'resolver'].includes(device));
}

function isSame(recorded: Recorded, hop: Hop): boolean {
  return recorded.device === hop.device && recorded.action === hop.action && recorded.rule === hop.rule;
}

function differenceAt({ hop, recorded }: ComparedHop): string[] {
  // Not every resolver writes down what a proxy asks it, and a server's own settings decide about nothing.
  if (!recorded)
    return hop.device === 'resolver' || (hop.device === 'server' && (!isAboutName(hop) || hop.notJudged))
      ? []
      : [`the oracle says ${inWords(hop)}; the lab recorded nothing there`];
  return isSame(recorded, hop)
    ? []
    : [`the oracle says ${inWords(hop)}; the lab recorded ${inWords(recorded)}`];
}

function differenceAtEnd(met: readonly Hop[], { hops }: Way, isThrough: boolean): string[] {
  // An inspector answers by itself, whatever comes of it behind, but not to a server that speaks too old
  // TLS; at a certificate nobody looks.
  const isSilent = [...met, ...hops.filter(({ device }) => device === 'server')].some(
    ({ device, action, result, answers }) =>
      device !== 'inspector' && action !== 'present' && result !== undefined && !answers,
  );
  if (isSilent === !isThrough) return [];
  return [
    isThrough
      ? 'the oracle says that it is stopped; in the lab it came through'
      : 'the oracle says that it comes through; in the lab nobody answered',
  ];
}

function inWords({ device, action, rule }: Pick<Hop, 'device' | 'action' | 'rule'>): string {
  return [device, action, ...(rule === undefined ? [] : [`"${rule}"`])].join(' ');
}
