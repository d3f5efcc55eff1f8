import type { Ports } from './port-list.js';

/** What a rule is about beside its destination, as its name says it: ` port 443 account local-system`. */
export function conditionsInWords({
  port,
  account,
  from,
}: {
  port: Ports;
  account?: string | undefined;
  from?: string | undefined;
}): string {
  const ports = port === 'any' ? '' : ` port ${[port].flat().join(',')}`;
  return `${ports}${account ? ` account ${account}` : ''}${from ? ` from ${from}` : ''}`;
}
