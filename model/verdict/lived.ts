import type { EventOf, LabEvent } from '../evidence/event.js';
import { EvidenceIndex } from '../evidence/evidence-index.js';
import type { Device } from '../evidence/vocabulary.js';
import type { Walker } from '../path/walk.js';
import { needsOf } from '../path/wanted.js';
import { type Hop, inTime, type Way } from '../path/way.js';
import { rowsFor } from '../requirements/lookup.js';
import { siteAddresses } from '../site/addresses.js';
import { internalPlace } from '../site/internal-url.js';
import type { Site } from '../site/schema.js';
import type { Difference } from './check-results.js';
import { explain } from './results-of.js';

type Attempt = EventOf<'attempt'>;

/** Devices whose decision about a connection does not hang on what is spoken in it. */
const ofNetwork = new Set<Device>([
  'resolver',
  'host-firewall',
  'proxy',
  'parent-proxy',
  'edge-firewall',
  'syn-proxy',
  'link',
  'application-host',
]);

/**
 * Compares every flow that was tried with what the walk through the site's devices says of it: who stops
 * it, by which rule, or that nobody does. A difference is a defect of the lab, or of the walk.
 */
export function differencesFrom(events: readonly LabEvent[], site: Site, walker: Walker): Difference[] {
  const index = new EvidenceIndex(events);
  const inside = insideOf(site);
  const found = new Map<string, Difference>();
  for (const attempt of index.of('attempt')) {
    // Another connection than its own made it fail, and that one was no attempt.
    if (attempt.because !== undefined) continue;
    // Of several applications at one place nobody says which one was asked.
    const ways = askedOf(attempt, site).map((application) =>
      wayOf(attempt, application, inside, site, walker),
    );
    // A firewall that has lost its names decides otherwise after a time.
    if (ways.some(({ hops }) => hops.some(({ unknowing }) => unknowing === 'names-lost-for'))) continue;
    const said = ways.map((way) => stopOf(way, site));
    const saw = decidedBy(attempt, index, site);
    if (saw === 'unclear' || said.some((one) => sameStop(one, saw))) continue;
    const { machine, account, host, port } = attempt;
    const words = `${machine} as ${account} to ${host}:${port}: the lab saw ${inWords(saw)}, and the site's devices say ${inWords(said[0])}`;
    const known = found.get(words);
    if (known) known.events.push(attempt.id);
    else found.set(words, { words, events: [attempt.id] });
  }
  return [...found.values()];
}

type Decided = Pick<Hop, 'device' | 'rule'> | undefined;

/** Names of the applications that an attempt may have been for; nobody, where it was for none. */
function askedOf({ operation, host, port }: Attempt, { applications }: Site): (string | undefined)[] {
  const there = applications.filter((application) => {
    const place = internalPlace(application);
    return operation === 'deliver' && place.host === host && place.port === port;
  });
  return there.length > 0 ? there.map(({ name }) => name) : [undefined];
}

function wayOf(
  { machine, account, stack, host, port, operation }: Attempt,
  application: string | undefined,
  inside: ReadonlySet<string>,
  site: Site,
  walker: Walker,
): Way {
  const isInside = inside.has(host);
  const [row] = rowsFor(host, port, site.cloud.environment, site.edition);
  const needs = row && needsOf(operation, row);
  return walker.walk({
    ...{ server: machine, account, stack, host, port, operation },
    ...(isInside && { direct: true }),
    ...(application !== undefined && { application }),
    ...(needs && { needs }),
  });
}

/**
 * A proxy that inspects has ended the client's TLS before it meets what stands behind it; an inspector at the
 * edge has connected onward by then, and no large packet has come.
 */
function stopOf({ hops }: Way, { inspection }: Site): Decided {
  const ended = hops.findIndex(({ device, result }) => device === 'inspector' && result !== undefined);
  const before = ended < 0 ? hops : hops.slice(0, ended);
  const behind = inspection?.at === 'proxy' ? [] : hops.slice(before.length).filter((hop) => !isOfSize(hop));
  const met = [...before, ...(ended < 0 ? [] : behind)];
  const stop = met.find(
    ({ device, action, result }) => result !== undefined && (ofNetwork.has(device) || action === 'misanswer'),
  );
  return stop && inTime(met, stop);
}

function isOfSize({ device, rule }: Hop): boolean {
  return device === 'link' && rule?.startsWith('mtu ') === true;
}

/** What is asked without a proxy: applications and private resources, by name or address. */
function insideOf(site: Site): ReadonlySet<string> {
  const { applications } = siteAddresses(site);
  return new Set([...applications].flat());
}

function decidedBy(attempt: Attempt, index: EvidenceIndex, site: Site): Decided | 'unclear' {
  if (attempt.outcome === 'ok') return undefined;
  const { device, rule, result } = explain(attempt, index);
  // Time did that, or chance, and no rule about the flow.
  if (result === 'idle-timeout' || (device === 'link' && site.link.loss < 1)) return 'unclear';
  // A server's hosts file and its search list answer for it.
  const isNamed = device === 'server' && result.startsWith('dns-');
  return device && (isNamed || ofNetwork.has(device))
    ? { device, ...(rule !== undefined && { rule }) }
    : undefined;
}

function sameStop(a: Decided, b: Decided): boolean {
  return a?.device === b?.device && a?.rule === b?.rule;
}

function inWords(stop: Decided): string {
  if (!stop) return 'nobody stop it';
  return `${stop.device} stop it${stop.rule === undefined ? '' : ` by "${stop.rule}"`}`;
}
