import { rangeContains, rangeOf } from '../site/address-range.js';

/** Networks in which nothing of the internet is: private, of one link, of the machine, of nobody. */
const inside = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/8'],
  ...['100.64.0.0/10', '198.18.0.0/15', '224.0.0.0/3', '::1', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
].flatMap((one) => rangeOf(one) ?? []);

/** Whether nothing of the internet has such an address, so that a connector's cloud is all that is none of them. */
export function isInsideOnly(text: string): boolean {
  const range = rangeOf(text);
  return range !== undefined && inside.some((one) => rangeContains(one, range));
}
