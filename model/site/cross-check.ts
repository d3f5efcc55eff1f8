import ipaddr from 'ipaddr.js';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { nearest } from '../requirements/nearest.js';
import { isServiceTag, serviceTags } from '../requirements/service-tags.js';
import { wrongAddress } from './address-words.js';
import { noAddress, placeApplications } from './addresses.js';
import { crossCheckAccess } from './cross-check-access.js';
import { documentedWord, rowsOn } from './documented-rows.js';
import { matchKind } from './match/index.js';
import type { Placed } from './placed.js';
import { type Rule, ruleActions, type Site } from './schema.js';
import { unknownWord } from './unknown-word.js';

/** What a schema cannot say: references between parts, versions that never were, impossible rules. */
export function crossCheck(site: Site): Placed[] {
  return [
    ...duplicates(
      site.servers.map(({ name }) => name),
      ['servers'],
    ),
    ...groups(site),
    ...administrators(site),
    ...crossCheckAccess(site),
    ...versions(site),
    ...places(site),
    ...zones(site),
    ...rowsAsName(site),
    ...site.firewall.rules.flatMap((rule, index) => {
      const path = ['firewall', 'rules', index];
      return [...documentedRule(site, rule, path), ...destination(rule, path), ...origin(site, rule, path)];
    }),
    ...site.servers.flatMap((server, at) =>
      server['host-firewall'].rules.flatMap((rule, index) => {
        const path = ['servers', at, 'host-firewall', 'rules', index];
        return [
          ...documentedRule(site, rule, path),
          ...destination(rule, path),
          ...originAtHost(server.name, rule, path),
        ];
      }),
    ),
  ];
}

/** Who a rule of the edge is about has to be there, or it would fit nothing. */
function origin({ servers, proxy }: Site, { from }: Rule, path: readonly PropertyKey[]): Placed[] {
  const machines = [...servers.map(({ name }) => name), ...(proxy ? ['proxy'] : [])];
  if (from === undefined || machines.includes(from)) return [];
  return [{ path: [...path, 'from'], message: unknownWord('machine', from, machines) }];
}

function originAtHost(server: string, { from }: Rule, path: readonly PropertyKey[]): Placed[] {
  if (from === undefined || from === server) return [];
  const message = `the host firewall of "${server}" sees no packet of "${from}"; leave from out`;
  return [{ path: [...path, 'from'], message }];
}

/** `documented` brings hosts, ports and kinds of match of its own; ports of the rule choose among the rows. */
function documentedRule({ cloud }: Site, rule: Rule, path: readonly PropertyKey[]): Placed[] {
  if (!ruleActions.some((action) => rule[action] === documentedWord)) return [];
  const rows = documentedHosts(cloud.environment);
  const unused = (['match', 'as-of'] as const).filter((key) => rule[key] !== undefined);
  const none = rowsOn(rows, rule.port).length === 0;
  return [
    ...unused.map((key) => ({
      path: [...path, key],
      message: `"${documentedWord}" brings the hosts of its rows and how they match; leave ${key} out`,
    })),
    ...(none
      ? [{ path: [...path, 'port'], message: 'no documented row is on this port; they are on 80 and 443' }]
      : []),
  ];
}

/** Where one name is needed, `documented` would be taken for a host of that name. */
function rowsAsName({ resolver, cloud }: Site): Placed[] {
  const places = [
    ...resolver.faults.map(({ name }, index) => ({ name, path: ['resolver', 'faults', index, 'name'] })),
    ...Object.keys(resolver.zones).map((name) => ({ name, path: ['resolver', 'zones', name] })),
    ...cloud.faults.map(({ host }, index) => ({ name: host, path: ['cloud', 'faults', index, 'host'] })),
  ];
  const message = `"${documentedWord}" stands for rows in rules and lists of hosts; name one host here`;
  return places.flatMap(({ name, path }) => (name === documentedWord ? [{ path, message }] : []));
}

/** Internal zones of which the resolver could make nothing. */
function zones({ resolver }: Site): Placed[] {
  return Object.entries(resolver.zones).flatMap(([zone, place]) => {
    const path = ['resolver', 'zones', zone];
    const above = zone.replace(/^\*\.?/, '');
    if (/[*/:]/.test(zone))
      return [{ path, message: `"${zone}" is no name; did you mean "${above}", with all names below it?` }];
    if (ipaddr.isValid(place) || ipaddr.isValidCIDR(place)) return [];
    return [{ path, message: `"${place}" is neither an address nor a network such as 198.18.130.0/24` }];
  });
}

/** Applications and private resources for which their network has no address. */
function places(site: Site): Placed[] {
  const { full } = placeApplications(site);
  const at = (host: string): readonly PropertyKey[] => {
    const index = site.applications.findIndex(({ internal }) => new URL(internal).hostname === host);
    if (index >= 0) return ['applications', index, 'internal'];
    const resources = site['private-access']?.resources ?? [];
    return ['private-access', 'resources', resources.findIndex((one) => one.host === host), 'host'];
  };
  return full.map(({ host, network }) => ({ path: at(host), message: noAddress(host, network) }));
}

function duplicates(names: readonly string[], path: readonly PropertyKey[]): Placed[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: [...path, index, 'name'], message: `a second server called "${name}"` }]
      : [],
  );
}

function groups(site: Site): Placed[] {
  const servers = site.servers.map(({ name }) => name);
  const known = ['Default', ...site['connector-groups'].map(({ name }) => name)];
  return [
    ...site['connector-groups'].flatMap((group, at) =>
      group.servers.flatMap((name, index) =>
        servers.includes(name)
          ? []
          : [
              {
                path: ['connector-groups', at, 'servers', index],
                message: unknownWord('server', name, servers),
              },
            ],
      ),
    ),
    ...site.applications.flatMap(({ group }, index) =>
      known.includes(group)
        ? []
        : [{ path: ['applications', index, 'group'], message: unknownWord('connector group', group, known) }],
    ),
  ];
}

/** A name of another directory may be what the site is about; one of this directory has to exist. */
function administrators({ servers, tenant }: Site): Placed[] {
  const known = tenant.users.map(({ name }) => name);
  return servers.flatMap((server, index) => {
    const by = server['registered-by'];
    if (!by?.endsWith(`@${tenant.domain}`) || known.includes(by)) return [];
    return [{ path: ['servers', index, 'registered-by'], message: unknownWord('user', by, known) }];
  });
}

function versions(site: Site): Placed[] {
  return site.servers.flatMap((server, index): Placed[] => [
    ...(/^(2\.0|3\.[05]|4\.[5-8])(\.\d+)*$|^4\.0(\.\d+)*$/.test(server.dotnet)
      ? []
      : [
          {
            path: ['servers', index, 'dotnet'],
            message: `there is no .NET Framework ${server.dotnet}; versions go from 2.0 to 4.8.1`,
          },
        ]),
    ...(/^1\.5\.\d+\.\d+$/.test(server.connector)
      ? []
      : [
          {
            path: ['servers', index, 'connector'],
            message: `there is no connector ${server.connector}; versions look like 1.5.3437.0`,
          },
        ]),
  ]);
}

function destination(rule: Rule, path: readonly PropertyKey[]): Placed[] {
  const action = ruleActions.find((name) => rule[name] !== undefined);
  const text = action && rule[action];
  if (!action || text === undefined) return [];
  const at = [...path, action];
  const url = /^[a-z]+:\/\/([^/:]+)/i.exec(text);
  if (url) return [{ path: at, message: `"${text}" is a URL; a rule takes a host: "${url[1]}"` }];
  const port = /^([^/:]+):(\d+)$/.exec(text);
  if (port)
    return [
      {
        path: at,
        message: `"${text}": write the port as a key of its own: "${action}: ${port[1]}, port: ${port[2]}"`,
      },
    ];
  const contradiction = contradictionOf(rule, text);
  if (contradiction) return [{ path: [...path, contradiction.key], message: contradiction.message }];
  const address = wrongAddress(text);
  if (address) return [{ path: at, message: address }];
  if (rule.match === 'service-tag' || looksLikeServiceTag(text)) {
    if (isServiceTag(text)) return [];
    const near = nearest(text, serviceTags);
    return [
      {
        path: at,
        message: `no service tag is called "${text}"${near ? `; did you mean "${near}"?` : ''}; there are ${serviceTags.join(', ')}`,
      },
    ];
  }
  return [];
}

/** Keys of one rule that cannot all be meant; one of them would be without effect. */
function contradictionOf(rule: Rule, text: string): { key: string; message: string } | undefined {
  const isTag = rule.match === 'service-tag' || (!rule.match && looksLikeServiceTag(text));
  if (rule['as-of'] && !isTag)
    return { key: 'as-of', message: `only service tags have a date; "${text}" is none` };
  const refused = rule.match && matchKind(rule.match).refuses?.(text);
  return refused === undefined ? undefined : { key: 'match', message: refused };
}

/** A capital and no dot: no host is written so, service tags are. */
function looksLikeServiceTag(text: string): boolean {
  return /^[A-Z][A-Za-z]+$/.test(text);
}
