import type { Candidate, Rule } from '../cause.js';
import type { Seen, Sight } from '../sight.js';

const factWords: Record<string, string> = {
  'os-version': 'Windows is older than the connector needs',
  'dotnet-version': 'The .NET Framework is older than the connector needs',
  'ie-esc': 'Internet Explorer Enhanced Security Configuration is on',
  'services-running': 'A service of the connector is stopped',
};

/** A fact of the server that was looked at, and is not as needed. */
function fact(name: keyof typeof factWords): Rule {
  return {
    id: `server/${name}`,
    says: factWords[name] ?? name,
    members: [],
    unlike: { rule: 'path/dropped', tell: 'None is needed: the server itself says so.' },
    find: ({ evidence }) => {
      const unmet = evidence.facts.filter((one) => one.fact === name && !one.met);
      return [...new Set(unmet.map(({ server }) => server))].map((server): Candidate => {
        const of = unmet.filter((one) => one.server === server);
        return {
          scope: { server },
          explains: [...of.map(({ id }) => id), ...stoppedBy(name, server, evidence)],
          confidence: 'certain',
          seen: `found ${of[0]?.found}, needed ${of[0]?.needed}`,
        };
      });
    },
  };
}

/** Operations that end with it. */
function stoppedBy(name: string, server: string, { operations }: Sight['evidence']): string[] {
  const result = name === 'ie-esc' ? 'sign-in' : 'install';
  return operations
    .filter(
      (one) => one.server === server && one.operation === result && one.outcome === 'refused-by-installer',
    )
    .map(({ id }) => id);
}

const clock: Rule = {
  id: 'server/clock',
  says: 'The server’s clock is wrong',
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
  fact('os-version'),
  fact('dotnet-version'),
  fact('ie-esc'),
  fact('services-running'),
  clock,
];
