import type { Account } from '../evidence/vocabulary.js';
import { entryName, type HostEntry } from '../site/host-entry.js';
import {
  type AuthenticationScheme,
  type ParentProxy,
  type Proxy as ProxySettings,
  schemesOf,
} from '../site/proxy-schema.js';
import { firstCovering } from './by-hosts.js';
import { type NearRule, nearestEntry } from './nearest-rule.js';
import { remembered } from './remembered.js';
import { decideByList, explainByList, type ListDecision, type ListRule, type Request } from './rule-list.js';

export type ProxyAction = 'allow' | 'refuse' | 'challenge';
export type ProxyRule = ListRule<ProxyAction>;
/** Where a proxy asks nobody. */
export type Exemption = { hosts: readonly HostEntry[]; accounts?: readonly Account[] };
type Own = Pick<ParentProxy, 'allow' | 'deny' | 'ports' | 'plain-ports'> & Pick<ProxySettings, 'parent'>;
type Lists = Own & Pick<ParentProxy, 'authentication'> & { 'no-authentication': Exemption };

/** What a proxy is asked for, by whom. */
export interface ProxyRequest extends Request {
  /** The Windows account that asks, where the proxy is told. */
  account?: Account | undefined;
}

const known = new WeakMap<Own, readonly ProxyRule[]>();

/** How schemes are called where they are challenged, and what of them nobody in a lab has. */
const proofs: Record<AuthenticationScheme, { called: string; lacking: string }> = {
  basic: { called: 'Basic', lacking: 'no name and password' },
  // The lab has no domain.
  ntlm: { called: 'NTLM', lacking: 'no NTLM answer' },
  negotiate: { called: 'Negotiate', lacking: 'no Kerberos token' },
};

/** What an explicit proxy says to whoever it does not know; undefined: it asks nobody. */
export function challengeRule(proxy: Own & Pick<Lists, 'authentication'>): ProxyRule | undefined {
  const schemes = schemesOf(proxy);
  if (schemes.length === 0) return undefined;
  const lacking = schemes.map((scheme) => proofs[scheme].lacking);
  const explanation = `${calledBy(proxy)} asks for ${inOrder(schemes)}, and the request carries ${lacking.join(' and ')}`;
  return { action: 'challenge', name: `${asking}${schemes.join(', ')}`, explanation: () => explanation };
}

const asking = 'authentication ';

/** What the rule of a challenge asks for, as proxies call it: `Negotiate or NTLM`. */
export function schemesInRule(rule: string): string {
  return inOrder(rule.slice(asking.length).split(', ') as AuthenticationScheme[]);
}

function inOrder(schemes: readonly AuthenticationScheme[]): string {
  return schemes.map((scheme) => proofs[scheme].called).join(' or ');
}

/** How a proxy is called in what is told of it: no server is told of a parent. */
function calledBy(proxy: Own): string {
  return 'bypass' in proxy ? 'the proxy' : 'the parent proxy';
}

/** What it says to those that it knows, in order. */
export function proxyRules(proxy: Own): readonly ProxyRule[] {
  return remembered(known, proxy, () => rulesOf(proxy));
}

function rulesOf(proxy: Own): ProxyRule[] {
  const { allow, deny, ports, 'plain-ports': plainPorts, parent } = proxy;
  const called = calledBy(proxy);
  const through = ({ host }: Request) =>
    `${called} lets ${host} through${parent ? `, to its parent ${parent.address}` : ''}`;
  const denied = deny.map((entry): ProxyRule => {
    const explanation = ({ host }: Request) => `${host} is on ${called}'s deny list`;
    return { action: 'refuse', name: `deny ${entryName(entry)}`, hosts: [entry], explanation };
  });
  const ways = [
    { method: 'connect', ports, key: 'ports' },
    { method: 'plain', ports: plainPorts, key: 'plain-ports' },
  ] as const;
  const open = (of: Pick<ProxyRule, 'name' | 'hosts'>) =>
    ways.map(({ method, ports }): ProxyRule => {
      return { action: 'allow', ...of, method, ports, explanation: through };
    });
  const closed = ways.map(({ method, ports, key }): ProxyRule => {
    const explanation = ({ port }: Request) => `port ${port} is not open in ${called}`;
    return { action: 'refuse', name: `${key} ${ports.join(',')}`, method, explanation };
  });
  if (!allow) return [...denied, ...open({ name: 'allow *' }), ...closed];
  const allowed = allow.flatMap((entry) => open({ name: `allow ${entryName(entry)}`, hosts: [entry] }));
  const unlisted: ProxyRule = {
    action: 'refuse',
    name: 'not in allow list',
    explanation: ({ host }) => `${host} is not on ${called}'s allow list`,
  };
  return [...denied, ...allowed, ...closed.map((one) => ({ ...one, hosts: allow })), unlisted];
}

/** Whether a request is let pass without a question who sends it. */
function isExempt({ 'no-authentication': exempt }: Lists, { host, account }: ProxyRequest): boolean {
  return (
    (account !== undefined && exempt.accounts?.includes(account) === true) ||
    firstCovering(exempt.hosts, host, (one) => one) !== undefined
  );
}

/** What an explicit proxy does with a request. `isKnown`: it carries what the proxy accepts as proof. */
export function decideProxy(
  proxy: Lists,
  request: ProxyRequest,
  isKnown: boolean,
): ListDecision<ProxyAction> {
  const challenge = isKnown || isExempt(proxy, request) ? undefined : challengeRule(proxy);
  return decideByList(challenge ? [challenge] : proxyRules(proxy), request);
}

/** What it means that a rule of the proxy decided; undefined: the proxy has no such rule. */
export function explainProxy(
  proxy: Lists,
  rule: string,
  request: Request,
): ListDecision<ProxyAction> | undefined {
  const challenge = challengeRule(proxy);
  return explainByList([...(challenge ? [challenge] : []), ...proxyRules(proxy)], rule, request);
}

/** The entry that came nearest to letting a host pass that the proxy refuses, or asks who it is. */
export function nearestOfProxy(
  { allow = [], 'no-authentication': exempt }: Lists,
  action: Exclude<ProxyAction, 'allow'>,
  host: string,
): NearRule | undefined {
  return action === 'refuse'
    ? nearestEntry(allow, host, (one) => `allow ${entryName(one)}`)
    : nearestEntry(exempt.hosts, host, (one) => `no-authentication ${entryName(one)}`);
}
