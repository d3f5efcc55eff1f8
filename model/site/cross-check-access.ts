import { wrongAddress } from './address-words.js';
import type { Placed } from './placed.js';
import { portRangesOf, type Segment } from './private-access.js';
import type { Site } from './schema.js';
import { unknownWord } from './unknown-word.js';

/** Private Access: groups and users that do not exist, segments that can match nothing. */
export function crossCheckAccess(site: Site): Placed[] {
  const access = site['private-access'];
  if (!access) return [];
  const groups = ['Default', ...site['connector-groups'].map(({ name }) => name)];
  const people = site.tenant.users.map(({ name }) => name);
  const parts = [
    { path: ['private-access', 'quick-access'], part: access['quick-access'] },
    ...access.applications.map((part, index) => ({
      path: ['private-access', 'applications', index],
      part,
    })),
  ];
  return parts.flatMap(({ path, part }) => [
    ...(groups.includes(part.group)
      ? []
      : [{ path: [...path, 'group'], message: unknownWord('connector group', part.group, groups) }]),
    ...(part.users ?? []).flatMap((user, index) =>
      people.includes(user)
        ? []
        : [{ path: [...path, 'users', index], message: unknownWord('user', user, people) }],
    ),
    ...part.segments.flatMap((segment, index) => wrong(segment, [...path, 'segments', index])),
  ]);
}

function wrong(segment: Segment, path: readonly PropertyKey[]): Placed[] {
  const { to } = segment;
  const at = [...path, 'to'];
  const url = /^[a-z]+:\/\/([^/:]+)/i.exec(to);
  if (url) return [{ path: at, message: `"${to}" is a URL; a segment takes a host: "${url[1]}"` }];
  const port = /^([^/:]+):(\d+)$/.exec(to);
  if (port)
    return [
      {
        path: at,
        message: `"${to}": write the port as a key of its own: "to: ${port[1]}, ports: ${port[2]}"`,
      },
    ];
  const address = wrongAddress(to);
  if (address) return [{ path: at, message: address }];
  return portRangesOf(segment).flatMap(([first, last]) =>
    first <= last && last <= 65_535
      ? []
      : [{ path: [...path, 'ports'], message: `"${first}-${last}" is no range of ports` }],
  );
}
