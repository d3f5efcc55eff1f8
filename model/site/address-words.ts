import { rangeOf } from './address-range.js';

/**
 * What is wrong with a text that is written as addresses are, with the nearest right one; undefined
 * for an address, CIDR or range, and for names.
 */
export function wrongAddress(text: string): string | undefined {
  const isWritten = /^[\d./-]+$/.test(text) || (/^[\da-f.:/-]+$/i.test(text) && text.split(':').length > 2);
  return isWritten ? notAddress(text) : undefined;
}

/** As {@link wrongAddress}, for a text that has to be an address, CIDR or range. */
export function notAddress(text: string): string | undefined {
  if (rangeOf(text)) return undefined;
  const [from, to] = text.split('-');
  const turned = `${to}-${from}`;
  if (turned.length === text.length && rangeOf(turned))
    return `"${text}" ends before it begins; did you mean "${turned}"?`;
  return `"${text}" is not an address, a CIDR or a range`;
}
