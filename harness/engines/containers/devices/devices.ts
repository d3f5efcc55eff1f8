import { devices } from '../../../../model/evidence/vocabulary.js';
import type { DecisionEvent, Known } from '../connection-tracking.js';
import type {
  ContainersDevice,
  Finding,
  LineKind,
  LineReaders,
  Lines,
  Present,
} from './containers-device.js';
import { destination } from './destination.js';
import { edgeFirewall } from './edge-firewall.js';
import { hostFirewall } from './host-firewall.js';
import { inspector } from './inspector.js';
import { link } from './link.js';
import { proxy } from './proxy.js';
import { sniFirewall } from './sni-firewall.js';
import { synProxy } from './syn-proxy.js';

/** Every device of the containers engine, in path order. */
export const containersDevices: readonly ContainersDevice[] = [
  hostFirewall,
  proxy,
  edgeFirewall,
  sniFirewall,
  synProxy,
  inspector,
  link,
  destination,
];

/** What a line means, by the device that it is of; some are only for whoever joins the evidence. */
export function findingOf<K extends LineKind>(
  kind: K,
  line: Lines[K],
  known: Known,
  present: Present,
): Finding | undefined {
  const readers: LineReaders | undefined = containersDevices.find(({ lines }) => kind in lines)?.lines;
  return readers?.[kind]?.(line, known, present);
}

/** Decisions about a connection that are not written down yet, in path order: each machine has its own log. */
export function takeDecisions(known: Known | undefined): DecisionEvent[] {
  // Where nobody listens is the end of the path, wherever that is.
  // An address of IPv6 was tried before there was a connection to decide about.
  const place = ({ device, action, rule }: DecisionEvent) =>
    action === 'unreachable'
      ? devices.length
      : device === 'link' && rule.startsWith('ipv6 ')
        ? -1
        : devices.indexOf(device);
  return (known?.decisions.splice(0) ?? []).sort((a, b) => place(a) - place(b));
}
