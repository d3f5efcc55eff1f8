import type { Site } from '../../site/schema.js';
import { serversOfGroup } from '../groups.js';
import type { SettingKind } from '../request.js';

/** A connector group that serves something has connectors. */
export const staffGroup: SettingKind = {
  kind: 'staff-group',
  stops: (site) =>
    groupsInUse(site)
      .filter(({ group }) => serversOfGroup(site, group).length === 0)
      .map(({ group, serves }) => ({
        device: 'tenant',
        setting: group,
        rule: `group ${group}`,
        explanation: `the connector group ${group} has no connector, and serves ${serves.join(', ')}`,
        operation: 'deliver',
        requirements: ['groups/serve-assigned-apps'],
      })),
  // Nobody but the customer knows which server belongs there: the whole site's, where they have the choice.
  grant: ({ setting = 'Default' }, site) => moveTo(setting, site),
  words: ({ setting, reasons }) =>
    `Put a connector that reaches the applications into the group ${setting}, or assign them to another group: ${reasons.join('; ')}.`,
};

function moveTo(group: string, site: Site): Site {
  return {
    ...site,
    applications: site.applications.map((one) =>
      one.group === group ? { ...one, group: staffed(site) } : one,
    ),
    ...(site['private-access'] && {
      'private-access': {
        ...site['private-access'],
        'quick-access': {
          ...site['private-access']['quick-access'],
          group: other(site['private-access']['quick-access'].group),
        },
        applications: site['private-access'].applications.map((one) => ({ ...one, group: other(one.group) })),
      },
    }),
  };

  function other(name: string): string {
    return name === group ? staffed(site) : name;
  }
}

/** A group that has connectors: every server is in one. */
function staffed(site: Site): string {
  const names = ['Default', ...site['connector-groups'].map(({ name }) => name)];
  return names.find((name) => serversOfGroup(site, name).length > 0) ?? 'Default';
}

/** Groups that serve something, and what. */
function groupsInUse(site: Site): { group: string; serves: string[] }[] {
  const access = site['private-access'];
  const uses = [
    ...site.applications.map(({ name, group }) => [group, name] as const),
    ...(access && access['quick-access'].segments.length > 0
      ? [[access['quick-access'].group, 'Quick Access'] as const]
      : []),
    ...(access?.applications ?? []).map(({ name, group }) => [group, name] as const),
  ];
  return [...new Set(uses.map(([group]) => group))].map((group) => ({
    group,
    serves: uses.filter(([one]) => one === group).map(([, name]) => name),
  }));
}
