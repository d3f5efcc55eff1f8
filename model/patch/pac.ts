import type { Patch, Patcher } from './patcher.js';

const declared = /\bfunction\s+FindProxyForURL\s*\(\s*([\w$]+)\s*,\s*([\w$]+)\s*\)\s*\{/g;

/** A PAC file: a condition that is asked before all others. */
export const pac: Patcher = {
  format: 'pac',
  kinds: ['mend-pac'],
  patch({ text }, { places, request }): Patch {
    // Of several declarations the last counts.
    const found = [...text.matchAll(declared)].at(-1);
    if (!found) {
      const why = 'FindProxyForURL(url, host) is declared in a way into which nothing is written here';
      return { edits: [], leftOut: [{ places: [...places], why }] };
    }
    const [head, url = 'url', host = 'host'] = found;
    const conditions = places.map((place) => {
      const isHost = place.host.startsWith('*.')
        ? `dnsDomainIs(${host}, ${JSON.stringify(place.host.slice(1))})`
        : `${host} === ${JSON.stringify(place.host)}`;
      const begin = place.port === 80 ? 'http:' : 'https:';
      return `(${isHost} && ${url}.substring(0, ${begin.length}) === ${JSON.stringify(begin)})`;
    });
    const insert = `\n  if (${conditions.join(' ||\n      ')})\n    return ${JSON.stringify(request.setting ?? 'DIRECT')};`;
    return { edits: [{ at: found.index + head.length, insert }], leftOut: [] };
  },
};
