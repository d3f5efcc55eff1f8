import { entryName, type HostEntry } from './host-entry.js';
import type { Ports } from './port-list.js';

/** More hosts than these are counted. */
const mostExcept = 3;

/** What a rule of a firewall or a proxy is about beside its destination. */
export interface RuleConditions {
  port: Ports;
  account?: string | undefined;
  from?: string | readonly string[] | undefined;
  protocol?: string | undefined;
  method?: string | undefined;
  except?: readonly HostEntry[] | undefined;
  unclear?: string | undefined;
}

/** {@link RuleConditions}, as its name says it: ` port 443 account local-system`. */
export function conditionsInWords({
  port,
  account,
  from,
  protocol,
  method,
  except = [],
  unclear,
}: RuleConditions): string {
  const ports = port === 'any' ? '' : ` port ${[port].flat().join(',')}`;
  const other = protocol === 'udp' ? ' protocol udp' : '';
  const how = method ? ` method ${method}` : '';
  const others =
    except.length > mostExcept ? `${except.length} hosts` : except.map((one) => entryName(one)).join(',');
  const but = others === '' ? '' : ` except ${others}`;
  const condition = unclear ? ` if ${unclear}` : '';
  return `${but}${ports}${other}${how}${account ? ` account ${account}` : ''}${from ? ` from ${[from].flat().join(',')}` : ''}${condition}`;
}
