import { remembered } from '../../policy/remembered.js';
import { rangeOf } from '../../site/address-range.js';
import { bySource, noInterface, type Part, toAddresses } from '../condition.js';
import type { ImportOptions, SourceFile } from '../importer.js';
import type { Option } from './read-rules.js';

/** A set of addresses of the kernel; `unknown`: why more or less than these may be in it. */
interface Ipset {
  addresses: string[];
  unknown: boolean;
  /** Of how many bits of an address it holds networks, which are written without them. */
  netmask?: string | undefined;
}

const known = new WeakMap<readonly SourceFile[], ReadonlyMap<string, Ipset>>();

/** Whether a text is what `ipset save` writes. */
export function isIpsetSave(text: string): boolean {
  return /^[ \t]*create[ \t]+\S+[ \t]+(hash|bitmap|list):\S/m.test(text);
}

/** What `-m set --match-set NAME dst` asks for; undefined: the set was not handed over, or is of another kind. */
export function bySet(
  { values: [name = '', side], negated }: Option,
  given: ImportOptions,
): Part | undefined {
  const { parts = [], serverAddress } = given;
  const set = remembered(known, parts, () => ipsetsIn(parts)).get(name);
  if (!set || set.unknown) return undefined;
  if (side === 'src') return bySource(serverAddress, set.addresses, negated);
  if (side !== 'dst') return undefined;
  if (set.addresses.length === 0) return { never: !negated };
  return toAddresses(set.addresses, negated, { passes: given.comesBy !== noInterface });
}

function ipsetsIn(parts: readonly SourceFile[]): Map<string, Ipset> {
  const sets = new Map<string, Ipset>();
  for (const { text } of parts.filter((one) => isIpsetSave(one.text)))
    for (const line of text.split('\n')) {
      const [does, name = '', what = '', ...options] = line.trim().split(/\s+/);
      if (does === 'create')
        sets.set(name, {
          addresses: [],
          unknown:
            !/^(hash:(ip|net)|bitmap:ip)$/.test(what) ||
            options.some((one) => ['inet6', 'bitmask'].includes(one)),
          ...(options.includes('netmask') && { netmask: options[options.indexOf('netmask') + 1] }),
        });
      else if (does === 'add') {
        const set = sets.get(name);
        if (!set) continue;
        const isBare = set.netmask !== undefined && /^[\d.]+$/.test(what);
        set.addresses.push(isBare ? `${what}/${set.netmask}` : what);
        // What runs out, and what is left out, may be in it or not.
        const lasts = !/\btimeout [1-9]/.test(line) && !options.includes('nomatch');
        if (!lasts || rangeOf(what) === undefined) set.unknown = true;
      }
    }
  return sets;
}
