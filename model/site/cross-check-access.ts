import type { Placed } from './placed.js';
import type { Site } from './schema.js';
import { unknownWord } from './unknown-word.js';

/** Private Access: groups and users that do not exist. */
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
  ]);
}
