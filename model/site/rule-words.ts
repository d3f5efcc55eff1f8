import type { Ports } from './port-list.js';

/** What a rule is about beside its destination, as its name says it: ` port 443 account local-system`. */
export function conditionsInWords({
  port,
  account,
  from,
  protocol,
}: {
  port: Ports;
  account?: string | undefined;
  from?: string | readonly string[] | undefined;
  protocol?: string | undefined;
}): string {
  const ports = port === 'any' ? '' : ` port ${[port].flat().join(',')}`;
  const other = protocol === 'udp' ? ' protocol udp' : '';
  return `${ports}${other}${account ? ` account ${account}` : ''}${from ? ` from ${[from].flat().join(',')}` : ''}`;
}
