import { rangeOf } from '../../../model/site/address-range.js';
import { flows } from './drawn.js';
import type { Group, Ruleset } from './kernel.js';

/** What files of people are asked, of which nobody knows what they are about. */

export function formatOf(text: string): Ruleset['format'] {
  return /^\*\w+$/m.test(text) ? 'iptables' : 'nftables';
}

/** Connections to the first and the last address of what a text names, on its ports and on others. */
export function flowsOf(text: string): Group['flows'] {
  const named = [...text.matchAll(/\d+\.\d+\.\d+\.\d+(?:\/\d+)?/g)].flatMap(([one]) => {
    const range = rangeOf(one);
    return range ? [range.first.join('.'), range.last.join('.')] : [];
  });
  const addresses = [...named, ...flows.map(({ address }) => address)].filter(isHost);
  const ports = [...text.matchAll(/(?:port\S* \{?|,|: ?)\s*(\d{2,5})\b/g)].map(([, port]) => Number(port));
  const all = [...new Set([...ports, 22, 80, 443, 8080])].filter((port) => port > 0 && port < 49_152);
  return [...new Set(addresses)].slice(0, 40).flatMap((address) => all.map((port) => ({ address, port })));
}

/** Somewhere in the internet; networks of the judge's own have others, and so has the lab. */
function isHost(address: string): boolean {
  return !/^(0|127|22[4-9]|2[3-5]\d|100\.64|198\.1[89])\.|^10\.1\.2\./.test(address);
}
