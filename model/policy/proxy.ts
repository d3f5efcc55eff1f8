import { proxyActionOf, proxyEntryOf, type ProxyRule as SiteRule } from '../site/proxy-rule-schema.js';
import {
  type AuthenticationScheme,
  type ParentProxy,
  type Proxy as ProxySettings,
  schemesOf,
} from '../site/proxy-schema.js';
import { conditionsInWords } from '../site/rule-words.js';
import { remembered } from './remembered.js';
import {
  decidedBy,
  explainByList,
  firstOfList,
  isAbout,
  type ListDecision,
  type ListRule,
  type Request,
} from './rule-list.js';
import { withPlace } from './rule-name.js';
import { ruleNumbers } from './rule-number.js';

export type ProxyAction = 'allow' | 'refuse' | 'challenge';
/** A rule of a proxy as it decides; `number`: of the rule as people wrote it, from 1; absent for the default. */
export type ProxyRule = ListRule<ProxyAction> & { number?: number };
/** What of a proxy decides. */
export type DecidingProxy = Pick<ParentProxy, 'rules' | 'default' | 'authentication'> &
  Pick<ProxySettings, 'parent'>;

const known = new WeakMap<DecidingProxy, readonly ProxyRule[]>();

/** How schemes are called where they are challenged, and what of them nobody in a lab has. */
const proofs: Record<AuthenticationScheme, { called: string; lacking: string }> = {
  basic: { called: 'Basic', lacking: 'no name and password' },
  // The lab has no domain.
  ntlm: { called: 'NTLM', lacking: 'no NTLM answer' },
  negotiate: { called: 'Negotiate', lacking: 'no Kerberos token' },
};

const asking = 'authentication ';
const askingOf = /^authentication ([a-z]+(?:, [a-z]+)*)/;

/** What the rule of a challenge asks for, as proxies call it: `Negotiate or NTLM`. */
export function schemesInRule(rule: string): string {
  const [, schemes = ''] = askingOf.exec(rule) ?? [];
  return inOrder(schemes.split(', ') as AuthenticationScheme[]);
}

function inOrder(schemes: readonly AuthenticationScheme[]): string {
  return schemes.map((scheme) => proofs[scheme].called).join(' or ');
}

/** How a proxy is called in what is told of it: no server is told of a parent. */
function calledBy(proxy: DecidingProxy): string {
  return 'bypass' in proxy ? 'the proxy' : 'the parent proxy';
}

/** By which evidence calls a rule of a proxy, with the place where it was imported from. */
export function proxyRuleName(rule: SiteRule, schemes: readonly AuthenticationScheme[]): string {
  const action = proxyActionOf(rule);
  const host = rule[action] ?? 'any';
  const conditions = `${rule.match ? ` match ${rule.match}` : ''}${conditionsInWords(rule)}`;
  if (action !== 'ask') return withPlace(rule.name ?? `${action} ${host}${conditions}`, rule);
  const where =
    rule.name?.replace(/^ask /, '') ?? (host === 'any' && conditions === '' ? '' : `${host}${conditions}`);
  return withPlace(`${asking}${schemes.join(', ')}${where === '' ? '' : ` for ${where}`}`, rule);
}

/** What decides about its requests, in order; the last of them is about everything. */
export function proxyRules(proxy: DecidingProxy): readonly ProxyRule[] {
  return remembered(known, proxy, () => rulesOf(proxy));
}

const actionsOf = { allow: 'allow', deny: 'refuse', ask: 'challenge' } as const;

function rulesOf(proxy: DecidingProxy): ProxyRule[] {
  const called = calledBy(proxy);
  const schemes = schemesOf(proxy);
  const numbers = ruleNumbers(proxy.rules);
  const does = {
    allow: `lets %s through${proxy.parent ? `, to its parent ${proxy.parent.address}` : ''}`,
    deny: 'refuses %s',
  };
  const words = (action: 'allow' | 'deny', request: Request) =>
    does[action].replace('%s', () => requestInWords(request));
  const lacking = schemes.map((scheme) => proofs[scheme].lacking);
  const challenge = `${called} asks for ${inOrder(schemes)}, and the request carries ${lacking.join(' and ')}`;
  const rules = proxy.rules.map((rule, index): ProxyRule => {
    const action = proxyActionOf(rule);
    const number = numbers[index] ?? index + 1;
    const { port, method, account, unclear, except, from } = rule;
    return {
      ...{ action: actionsOf[action], name: proxyRuleName(rule, schemes), number },
      hosts: [proxyEntryOf(rule)],
      ...(port !== 'any' && { ports: [port].flat() }),
      ...(except.length > 0 && { except }),
      ...(from !== undefined && { from: [from].flat() }),
      ...(method && { method }),
      ...(account !== undefined && { account }),
      ...(unclear !== undefined && { unclear }),
      explanation: (request) =>
        action === 'ask' ? challenge : `${called} ${words(action, request)}, by its rule ${number}`,
    };
  });
  const count = numbers.at(-1) ?? 0;
  const rulesInWords = count === 1 ? 'its only rule does not fit' : `none of its ${count} rules fits`;
  const by = count === 0 ? '' : `, as everything that ${rulesInWords}`;
  const last: ProxyRule = {
    action: actionsOf[proxy.default],
    name: `default ${proxy.default}`,
    explanation: (request) => `${called} ${words(proxy.default, request)}${by}`,
  };
  return [...rules, last];
}

function requestInWords({ host, port }: Request): string {
  return `${host} port ${port}`;
}

/** What a proxy does with a request. `isKnown`: it carries what the proxy accepts as proof. */
export function decideProxy(
  proxy: DecidingProxy,
  request: Request,
  isKnown: boolean,
): ListDecision<ProxyAction> {
  return decidedBy(decidingRule(proxy, request, isKnown).rule, request);
}

/** Which of its rules decides, and its position, from 0. */
export function decidingRule(proxy: DecidingProxy, request: Request, isKnown: boolean) {
  const found = firstOfList(
    proxyRules(proxy),
    request,
    ({ action, unclear }) => unclear === undefined && !(isKnown && action === 'challenge'),
  );
  if (!found) throw new Error('the last rule of a proxy is about everything');
  return found;
}

const doubts = new WeakMap<DecidingProxy, readonly { rule: ProxyRule; index: number }[]>();

/**
 * Rules with a condition that an import could not translate, that stand before the one that decides about
 * a request which carries no proof, and would decide otherwise.
 */
export function notJudgedByProxy(proxy: DecidingProxy, request: Request): string[] {
  const doubtful = remembered(doubts, proxy, () =>
    proxyRules(proxy).flatMap((rule, index) => (rule.unclear === undefined ? [] : [{ rule, index }])),
  );
  if (doubtful.length === 0) return [];
  const deciding = decidingRule(proxy, request, false);
  return doubtful
    .filter(({ index, rule }) => index < deciding.index && rule.action !== deciding.rule.action)
    .filter(({ rule }) => isAbout(rule, request))
    .map(({ rule }) => rule.name);
}

/** What it means that a rule of the proxy decided; undefined: the proxy has no such rule. */
export function explainProxy(
  proxy: DecidingProxy,
  rule: string,
  request: Request,
): ListDecision<ProxyAction> | undefined {
  return explainByList(proxyRules(proxy), rule, request);
}
