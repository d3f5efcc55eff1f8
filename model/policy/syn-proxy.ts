import { entryName } from '../site/host-entry.js';
import type { SynProxy } from '../site/schema.js';
import { remembered } from './remembered.js';
import { decideByList, type ListDecision, type ListRule, type Request } from './rule-list.js';

type Action = 'allow' | 'reset';

const known = new WeakMap<SynProxy, ListRule<Action>[]>();

/** What a firewall that answers TCP itself does once it has read which host is meant. */
export function decideSynProxy(settings: SynProxy, host: string): ListDecision<Action> {
  const rules = remembered(known, settings, () => rulesOf(settings));
  return decideByList(rules, { host, port: 443 });
}

function rulesOf({ resets }: SynProxy): ListRule<Action>[] {
  const reset = resets.map((one): ListRule<Action> => {
    const explanation = ({ host }: Request) => `${host} was read in the ClientHello, and is not allowed`;
    return { action: 'reset', name: `reset ${entryName(one)}`, hosts: [one], explanation };
  });
  const explanation = ({ host }: Request) => `nothing is said against ${host}`;
  return [...reset, { action: 'allow', name: 'allow *', explanation }];
}
