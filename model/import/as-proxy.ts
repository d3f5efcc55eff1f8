import { rangeOf } from '../site/address-range.js';
import { entryText, type HostEntry } from '../site/host-entry.js';
import { ruleActions } from '../site/rule-schema.js';
import type { Imported, ImportedFirewall, ImportedProxyRule, ImportedRule } from './importer.js';

type Proxy = NonNullable<NonNullable<Imported['site']>['proxy']>;

/** What no file says: by which name a proxy is known to those who use it. */
const address = 'proxy.contoso.test:8080';

/**
 * A table of hosts as what a proxy lets through. A proxy is asked for names: what is about addresses decides
 * nothing, and what hangs on it is not judged.
 */
export function asProxy({ default: otherwise, rules }: ImportedFirewall): Proxy {
  return {
    address,
    default: otherwise === 'allow' ? 'allow' : 'deny',
    rules: rules.flatMap((rule) => proxyRules(rule)),
  };
}

function proxyRules(rule: ImportedRule): ImportedProxyRule[] {
  const action = ruleActions.find((one) => rule[one] !== undefined);
  // Nothing else is sent through a proxy.
  if (!action || rule.protocol === 'udp') return [];
  const { name, port, match, account, from, unclear, source } = rule;
  const entries = [rule[action] ?? []].flat();
  const isAddress = (entry: HostEntry) => rangeOf(entryText(entry)) !== undefined;
  const doubt =
    unclear ?? (entries.some(isAddress) ? 'an address, and proxies are asked for names' : undefined);
  const shared = {
    ...(name !== undefined && { name }),
    ...(port !== undefined && { port }),
    ...(match !== undefined && { match }),
    ...(account !== undefined && { account }),
    ...(from !== undefined && { from }),
    ...(doubt !== undefined && { unclear: doubt }),
    ...(source !== undefined && { source }),
  };
  return [{ [action === 'allow' ? 'allow' : 'deny']: rule[action], ...shared }];
}
