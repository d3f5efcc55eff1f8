import { covers } from '../../../model/policy/match-host.js';
import { inRange, rangeOf } from '../../../model/site/address-range.js';
import { type PrivateAccess, portRangesOf, type Segment } from '../../../model/site/private-access.js';

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
  const owners = [...access.applications, { name: 'Quick Access', ...access['quick-access'] }];
  return owners.find(({ segments }) => segments.some((segment) => matches(segment, host, port)));
}

function matches(segment: Segment, host: string, port: number): boolean {
  const range = rangeOf(segment.to);
  return (
    (range ? inRange(host, range) : covers(segment.to, host)) &&
    portRangesOf(segment).some(([first, last]) => first <= port && port <= last)
  );
}
