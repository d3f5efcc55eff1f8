import type { Notice } from '../../../docker/agent/channel.js';
import type { LoggedQuery } from '../../../docker/agent/query-log.js';
import type { EventBody } from '../../evidence/event.js';
import { ruleName } from '../../policy/rule-name.js';
import type { SiteAddresses } from '../../site/addresses.js';
import { linkRules } from '../../site/link-rules.js';
import type { Link, Site } from '../../site/schema.js';
import { challengeOf } from '../parts/proxy-challenge.js';
import type { DecisionEvent } from './connection-book.js';

/** What devices other than firewalls decided, in the words of the evidence. */
export type DeviceDecision = Pick<
  DecisionEvent,
  'device' | 'action' | 'rule' | 'explanation' | 'byName' | 'log'
>;

/** Something from outside came to the edge firewall. */
export function inboundDecision({ firewall }: Site, log: string): DeviceDecision {
  const dropped = firewall.inbound === 'drop';
  return {
    device: 'edge-firewall',
    action: dropped ? 'drop' : 'allow',
    rule: dropped ? 'inbound drop' : 'inbound allow',
    explanation: dropped ? 'nothing from outside is let in' : 'packets from outside are let in',
    log,
  };
}

/** The link did something to a connection; undefined: it is not set to. */
export function linkDecision(link: Link, what: 'delay' | 'lost' | 'expired'): DeviceDecision | undefined {
  const { delay, loss, idle } = linkRules(link);
  const idleSeconds = (link['idle-timeout'] ?? 0) / 1000;
  const decisions = {
    delay: { action: 'delay', rule: delay, explanation: 'packets take their time on the way' },
    lost: {
      action: 'lose',
      rule: loss,
      explanation: 'a packet of it was lost on the way, and had to be sent again',
    },
    expired: {
      action: 'expire',
      rule: idle,
      explanation: `no traffic for ${idleSeconds} s, so the connection was forgotten`,
    },
  } as const;
  const { rule, ...decision } = decisions[what];
  return rule === undefined ? undefined : { device: 'link', rule, ...decision };
}

/** The explicit proxy decided about a request. */
export function proxyDecision({ host, port, rule }: Extract<Notice, { kind: 'admitted' }>): DeviceDecision {
  if (rule.startsWith('allow '))
    return { device: 'proxy', action: 'allow', rule, explanation: `the proxy lets ${host} through` };
  const challenge = challengeOf(rule);
  const explanation = challenge?.explanation ?? `the proxy does not let ${host} port ${port} through`;
  return { device: 'proxy', action: challenge ? 'challenge' : 'refuse', rule, explanation };
}

/** What the resolver logged, with names of machines and rules in place of addresses and sets. */
export function queryEvent(
  { from, sets, ...query }: LoggedQuery,
  { firewall }: Site,
  { servers, proxy }: SiteAddresses,
): EventBody {
  const [machine = from] = [...servers].find(([, address]) => address === from) ?? [];
  const taught = firewall.rules.filter((_, index) => sets.includes(`edge${index}`)).map(ruleName);
  return { kind: 'query', from: from === proxy ? 'proxy' : machine, ...query, taught };
}
