import type { HostEntry } from '../../site/host-entry.js';
import { meantBy, type NameMatch } from '../../site/match/index.js';

/** A value of `dstdomain`; undefined: no name is ever so. */
export function ofDomain(value: string): HostEntry | undefined {
  const name = value.toLowerCase().replace(/\.$/, '');
  if (!/^\.?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(name) || name.length > 253) return undefined;
  return entryOf(name, name.startsWith('.') ? 'domain' : 'exact');
}

/** An end of names as a pattern has it. */
const labels = String.raw`[\w-]+(?:\\\.[\w-]+)*`;
const shapes: readonly (readonly [RegExp, (text: string) => HostEntry])[] = [
  [new RegExp(String.raw`^\^(${labels})\$$`), (host) => entryOf(host, 'exact')],
  [new RegExp(String.raw`^\(\^\|\\\.\)(${labels})\$$`), (host) => entryOf(`.${host}`, 'domain')],
  [new RegExp(String.raw`^(?:\^?\.\*)?\\\.(${labels})\$$`), (host) => entryOf(`*.${host}`, 'suffix')],
  [new RegExp(String.raw`^(?:\^?\.\*)?(${labels})\$$`), (host) => entryOf(host, 'ends-with')],
  [new RegExp(String.raw`^\^(${labels}(?:\\\.)?)(?:\.\*)?$`), (host) => entryOf(`${host}*`, 'wildcard')],
  [
    new RegExp(String.raw`^(?:\.\*)?((?:\\\.)?${labels}(?:\\\.)?)(?:\.\*)?$`),
    (host) => entryOf(`*${host}*`, 'wildcard'),
  ],
];

/** What a regular expression of host names stands for among our kinds of match; undefined: for none of them. */
export function ofRegex(pattern: string, ignoresCase: boolean): HostEntry | undefined {
  // squid compares names in small letters.
  if (!ignoresCase && /[A-Z]/.test(pattern)) return undefined;
  for (const [shape, entry] of shapes) {
    const [, text] = shape.exec(pattern) ?? [];
    if (text !== undefined) return entry(text.replaceAll('\\.', '.').toLowerCase());
  }
  return undefined;
}

/** As it is written, where that already means it. */
export function entryOf(host: string, match: NameMatch): HostEntry {
  return meantBy(host) === match ? host : { host, match };
}
