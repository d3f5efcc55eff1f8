import type { Cause, Diagnosis } from '../diagnosis/diagnose.js';
import type { Evidence } from '../diagnosis/evidence.js';
import { type StackName, stacks } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { Maker } from './maker.js';
import { ofEnds } from './of-ends.js';
import { ofPath } from './of-path.js';
import { ofProxy } from './of-proxy.js';

const makers: Readonly<Record<string, Maker>> = { ...ofPath, ...ofProxy, ...ofEnds };

export interface Reproduction {
  site: SiteInput;
  /** Causes that the site has, in the order of the diagnosis. */
  made: readonly Cause[];
  /** Causes of which no site can be made. */
  unmade: readonly Cause[];
}

/**
 * The least site that shows what a diagnosis of evidence found: documented but for the causes, and for the
 * proxy by which connections leave. Which of the members of a cause it was nobody knows: one is taken.
 */
export function reproduce(evidence: Evidence, { causes }: Diagnosis): Reproduction {
  const site = siteAround(evidence);
  const [made, unmade]: [Cause[], Cause[]] = [[], []];
  for (const cause of causes) {
    const ids = new Set(cause.evidence);
    const of = evidence.attempts.filter(({ id }) => ids.has(id));
    const others = evidence.attempts.filter(({ id }) => !ids.has(id));
    const making = { site, cause, of, others, isProxied: site.proxy !== undefined };
    (makers[cause.rule]?.(making) ? made : unmade).push(cause);
  }
  return { site, made, unmade };
}

const serverName = /^[a-z0-9][a-z0-9-]*$/i;
const tenantId = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:bootstrap|registration)\./i;
const aProxy = /^[^:/\s]+:\d{1,5}$/;

function siteAround({ attempts }: Evidence): SiteInput {
  const names = [...new Set(attempts.map(({ server }) => server.split('.')[0] ?? ''))];
  const servers = names.filter((name) => serverName.test(name));
  const insists = attempts.some(({ outcome }) => outcome === 'tls-revocation-offline');
  const id = attempts.flatMap(({ host }) => tenantId.exec(host)?.[1] ?? [])[0];
  const proxy = proxyIn(attempts);
  const isDirect = attempts.some(({ via, connected }) => via === undefined && connected === true);
  return {
    site: 'Reproduced from evidence',
    ...(id !== undefined && { tenant: { id } }),
    servers: (servers.length > 0 ? servers : ['app-proxy-01']).map((name) => ({
      name,
      ...(insists && { revocation: 'hard-fail' as const }),
    })),
    applications: [
      {
        name: 'Intranet',
        external: 'https://intranet-contoso.msappproxy.net/',
        internal: 'http://intranet.contoso.test/',
      },
    ],
    ...(proxy && { proxy }),
    firewall: {
      default: 'drop',
      rules: [
        ...(proxy ? [{ allow: 'any', port: [80, 443], from: 'proxy' }] : []),
        ...(!proxy || isDirect ? [{ allow: 'documented' }] : []),
      ],
    },
  };
}

/** The proxy that most attempts reached, of the stacks that use one. */
function proxyIn(attempts: Evidence['attempts']): SiteInput['proxy'] | undefined {
  const counts = new Map<string, number>();
  for (const { via, connected } of attempts)
    if (via !== undefined && aProxy.test(via) && connected) counts.set(via, (counts.get(via) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) return undefined;
  const seen = new Set(attempts.map(({ stack }) => stack));
  const users = new Set(
    attempts.flatMap(({ via, stack }): StackName[] => (via === undefined ? [] : [stack])),
  );
  const used = stacks.filter((stack) => users.has(stack) || !seen.has(stack));
  return { address: most[0], ...(used.length < stacks.length && { 'used-by': used }) };
}
