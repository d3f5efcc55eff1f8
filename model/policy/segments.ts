import { inRange, rangeOf } from '../site/address-range.js';
import { type PrivateAccess, portRangesOf, type Segment } from '../site/private-access.js';
import { covers } from './match-host.js';

/** What a connection belongs to: an application of its own, or Quick Access. */
export interface Owner {
  name: string;
  group: string;
  /** Everybody, where absent. */
  users?: readonly string[];
}

/**
 * Who owns a host and port. Names are compared with names and addresses with addresses, as the user
 * asked for them. Applications come before Quick Access, as what is narrower; undefined: nobody.
 */
export function ownerOf(access: PrivateAccess, host: string, port: number): Owner | undefined {
  return ownersOf(access).find(({ segments }) =>
    segments.some((segment) => segmentCovers(segment, host, port)),
  );
}

/** Whoever has segments, those with precedence first. */
export function ownersOf(access: PrivateAccess): (Owner & { segments: readonly Segment[] })[] {
  return [...access.applications, { name: 'Quick Access', ...access['quick-access'] }];
}

/** Whether a segment leads to a host, given as a name or as an address, and a port. */
export function segmentCovers(segment: Segment, host: string, port: number): boolean {
  const range = rangeOf(segment.to);
  return (
    (range ? inRange(host, range) : covers(segment.to, host)) &&
    portRangesOf(segment).some(([first, last]) => first <= port && port <= last)
  );
}
