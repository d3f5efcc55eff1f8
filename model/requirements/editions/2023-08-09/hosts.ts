import { rowId } from '../../documented-host.js';
import { revocationOffline } from '../../sign.js';
import { area } from './page.js';
import { publicHosts } from './public-hosts.js';

const section = 'Prerequisites › Prepare your on-premises environment › Allow access to URLs';

export const hostRequirements = [
  ...area(section, [
    [
      'hosts/service',
      'The hosts of the service must be open on 443.',
      'Per host: registration, bootstrap, signalling, rendezvous or data calls fail.',
      { inSite: { by: 'stops', where: 'public-cloud' } },
    ],
    [
      'hosts/revocation',
      'The hosts of revocation lists and responders must be open on 80.',
      'The revocation check fails for the certificates that name the host.',
      { inSite: { by: 'stops', where: 'public-cloud' }, signs: [revocationOffline] },
    ],
    [
      'hosts/registration',
      'The hosts of sign-in and registration must be open on 443.',
      'The sign-in page is incomplete, or a step of the registration fails.',
      { inSite: { by: 'stops', where: 'public-cloud' } },
    ],
    [
      'hosts/registration-http',
      'The root list and the intermediate certificates must be open on 80.',
      'They are not fetched; a rule that takes the documented path for a host matches nothing.',
      { inSite: { by: 'stops', where: 'public-cloud' } },
    ],
    [
      'hosts/suffix-rules',
      'The service hosts must be open by domain suffix, with every name below it.',
      'A one-label wildcard misses deeper names; a list made from a trace goes stale.',
      { inSite: { by: 'stops', where: 'public-cloud' } },
    ],
    [
      'hosts/ip-ranges',
      'Without suffix rules, the published address ranges and service tags must be open.',
      'A missing range breaks only the part behind it.',
      {
        inSite: {
          by: 'nothing',
          why: 'rules by address are judged host by host, at the rows that they are to open',
        },
      },
    ],
    [
      'hosts/ip-ranges-weekly',
      'The ranges must be brought up to date every week.',
      "With last week's list, new addresses are dropped.",
      { inSite: { by: 'nothing', why: 'a site file is of one day' } },
    ],
  ]),
  ...area(
    section,
    publicHosts.map((row) => [
      rowId(row),
      `${row.host} must be open on port ${row.port}: ${row.purpose}.`,
      `Without it, ${row.step} fails.`,
      {
        inSite: { by: 'stops', where: 'public-cloud' },
        ...(row.interpreted && { interpreted: row.interpreted }),
      },
    ]),
  ),
];
