import { area } from './page.js';

/** Connector groups, availability, regions. */
export const groupRequirements = [
  ...area('Create connector groups', [
    [
      'groups/serve-assigned-apps',
      'Each group must handle the traffic of the applications assigned to it.',
      "Traffic for another group's application never enters this server.",
    ],
    [
      'groups/create',
      'Any number of groups may be made, by name, from chosen connectors.',
      'A duplicate name or a foreign connector is refused.',
      { inSite: { by: 'nothing', why: 'it is about the portal' } },
    ],
    [
      'groups/separate-networks',
      'Groups may give access to applications on separate networks and locations.',
      "An application is reachable only from its own location's group.",
      { inSite: { by: 'nothing', why: 'it is about the portal' }, strength: 'info' },
    ],
  ]),
  ...area('Prerequisites › Windows server', [
    [
      'availability/two-servers',
      'There should be more than one server, for high availability.',
      'With one server down: two lose nothing after fail-over, one loses everything.',
      { inSite: { by: 'stops', where: 'two-servers' }, strength: 'should' },
    ],
  ]),
  ...area('Things to know', [
    [
      'groups/closest-region',
      'A group may use the closest region of the service.',
      'Requests go through a region far away; the change is refused while the group has members.',
      {
        inSite: { by: 'nothing', why: 'it is about the portal' },
        strength: 'info',
        interpreted: 'shown by the hosts that carry requests; distances are not measured',
      },
    ],
  ]),
];
