import type { Fact, Operation, ResultName } from '../../evidence/vocabulary.js';
import type { Candidate, Rule } from '../cause.js';
import type { Seen, Sight } from '../sight.js';

interface OfServer {
  says: string;
  /** The operation that ends with it, and how. */
  ends?: readonly [Operation, ResultName];
  unlike?: Rule['unlike'];
  /** What else follows from it, besides those ends. */
  follows?(sight: Sight, ended: number): readonly string[];
}

/** A fact of the server that was looked at, and is not as needed. */
function fact(name: Fact, { says, ends, unlike, follows }: OfServer): Rule {
  return {
    id: `server/${name}`,
    says,
    members: [],
    unlike: unlike ?? { rule: 'path/dropped', tell: 'Nothing more is needed: the server itself says so.' },
    find: (sight) => {
      const unmet = sight.evidence.facts.filter((one) => one.fact === name && !one.met);
      if (unmet.length === 0) return [];
      const servers = new Set(unmet.map(({ server }) => server));
      const ended = endedAt(servers, ends, sight);
      return [...servers].map((server): Candidate => {
        const of = unmet.filter((one) => one.server === server);
        return {
          scope: { server },
          explains: [
            ...of.map(({ id }) => id),
            ...ended.filter((one) => one.server === server).map(({ id }) => id),
            ...(follows?.(sight, ended.length) ?? []),
          ],
          confidence: 'certain',
          seen: `found ${of[0]?.found}, needed ${of[0]?.needed}`,
        };
      });
    },
  };
}

/** Of what ended so, what nothing else is to blame for. */
function endedAt(
  servers: ReadonlySet<string>,
  ends: OfServer['ends'],
  sight: Sight,
): Sight['evidence']['operations'] {
  if (!ends) return [];
  const [operation, outcome] = ends;
  const open = new Set(sight.problems().map(({ id }) => id));
  return sight.evidence.operations.filter(
    (one) =>
      servers.has(one.server) && one.operation === operation && one.outcome === outcome && open.has(one.id),
  );
}

/**
 * Pages of users whom an application refused. They do not say at which server: where there are more than requests
 * that came back so, an application refuses users for a reason of its own as well, and none is taken for these.
 */
function refusals({ evidence: { pages } }: Sight, ended: number): string[] {
  const refused = pages.filter(({ page }) => page === 'forbidden');
  return refused.length <= ended ? refused.map(({ id }) => id) : [];
}

const clock: Rule = {
  id: 'server/clock',
  says: "The server's clock is wrong",
  members: ['a clock that is fast or slow', 'a time zone that was set in place of it'],
  unlike: {
    rule: 'tls/certificate-of-service',
    tell: 'Compare it with the Date that any server sends with its answers.',
  },
  find: (sight) => {
    const sure = sight.with('clock');
    const dated = sight
      .with('expired', 'not-yet-valid')
      .filter(({ row, forged }) => row !== undefined && !forged);
    const old = sight.with('revocation-unusable').filter(({ said }) => said?.includes('out of date'));
    const severalOf = (all: readonly Seen[]) => new Set(all.map(({ row }) => row)).size > 1;
    // One host alone has a bad certificate, one authority an old list; all of them have not.
    if (sure.length === 0 && !severalOf(dated) && !severalOf(old)) return [];
    return [...new Set([...sure, ...dated, ...old].map(({ server }) => server))].map(
      (server): Candidate => ({
        scope: sight.servers.size > 1 ? { server } : {},
        explains: [...sure, ...dated, ...old].filter((one) => one.server === server).map(({ id }) => id),
        confidence: sure.length > 0 ? 'certain' : 'likely',
        ...(sure[0]?.said !== undefined && { seen: sure[0].said }),
      }),
    );
  },
};

export const server: readonly Rule[] = [
  fact('os-version', {
    says: 'Windows is older than the connector needs',
    ends: ['install', 'refused-by-installer'],
  }),
  fact('dotnet-version', {
    says: 'The .NET Framework is older than the connector needs',
    ends: ['install', 'refused-by-installer'],
  }),
  fact('ie-esc', {
    says: 'Internet Explorer Enhanced Security Configuration is on',
    ends: ['sign-in', 'refused-by-installer'],
  }),
  fact('services-running', { says: 'A service of the connector is stopped' }),
  fact('no-password-protection-proxy', {
    says: 'The proxy of Microsoft Entra Password Protection is on the same server, and no update comes',
    ends: ['update', 'refused-by-installer'],
    unlike: {
      rule: 'server/services-running',
      tell: 'Nothing more is needed: the server itself has both in its list of programs.',
    },
  }),
  fact('http2-for-kerberos', {
    says: 'HTTP/2 is on, and single sign-on by Kerberos fails over it',
    ends: ['deliver', 'http-unauthorized'],
    unlike: {
      rule: 'service/unauthorized',
      tell: 'Look for event 13022 in the log of the connector: it is the application that answers 401, not the service.',
    },
    follows: refusals,
  }),
  clock,
];
