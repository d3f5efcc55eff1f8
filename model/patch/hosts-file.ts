import { startOfLine } from './edit.js';
import type { Patch, Patcher } from './patcher.js';

/** A hosts file: names that it must not fix any more are taken out of their lines. */
export const hostsFile: Patcher = {
  format: 'hosts-file',
  kinds: ['remove-hosts-lines'],
  patch({ text }, { request }): Patch {
    const wrong = request.rules.flatMap((rule) => {
      const [, address = '', name = ''] = /^hosts (\S+) (\S+)$/.exec(rule) ?? [];
      return address === '' ? [] : [{ address, name }];
    });
    const edits = text.split('\n').flatMap((raw, index) => {
      const [told = ''] = raw.split('#', 1);
      const [address = '', ...names] = told.trim().split(/\s+/);
      const gone = names.filter((name) =>
        wrong.some((one) => one.address === address && one.name === name.toLowerCase()),
      );
      if (gone.length === 0) return [];
      const at = startOfLine(text, index + 1);
      if (gone.length === names.length) {
        const end = startOfLine(text, index + 2);
        return [{ at, remove: end - at, insert: '' }];
      }
      return gone.map((name) => {
        const found = new RegExp(`(?<!\\s)\\s+${name.replaceAll('.', '\\.')}(?=\\s|$)`).exec(told);
        return { at: at + (found?.index ?? 0), remove: found?.[0].length ?? 0, insert: '' };
      });
    });
    return { edits, leftOut: [] };
  },
};
