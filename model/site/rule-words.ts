import type { Ports } from './port-list.js';

/** What a rule is about beside its destination, as its name says it: ` port 443 account local-system`. */
export function conditionsInWords({
  port,
  account,
  from,
  protocol,
  unclear,
}: {
  port: Ports;
  account?: string | undefined;
  from?: string | readonly string[] | undefined;
  protocol?: string | undefined;
  unclear?: string | undefined;
}): string {
  const ports = port === 'any' ? '' : ` port ${[port].flat().join(',')}`;
  const other = protocol === 'udp' ? ' protocol udp' : '';
  const condition = unclear ? ` if ${unclear}` : '';
  return `${ports}${other}${account ? ` account ${account}` : ''}${from ? ` from ${[from].flat().join(',')}` : ''}${condition}`;
}
