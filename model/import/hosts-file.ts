import { isAddress } from '../site/address-range.js';
import type { Imported, Importer, NotUnderstood } from './importer.js';

/** An address of one link can have its interface behind it. */
const aLine = /^\s*([\da-f.:]+)(?:%\w+)?\s+(\S.*)$/i;

/** A hosts file: names for which a server asks no resolver. */
export const hostsFile: Importer = {
  format: 'hosts-file',
  title: 'a hosts file',
  recognises: ({ file, text }) => {
    const told = lines(text).filter(({ told: one }) => one !== '');
    return (
      (/(^|[\\/])hosts$/i.test(file) || told.length > 0) &&
      told.every(({ told: one }) => isAddress(aLine.exec(one)?.[1] ?? ''))
    );
  },
  read({ file, text }): Imported {
    const hosts: Record<string, string> = {};
    const notUnderstood: NotUnderstood[] = [];
    let understood = 0;
    for (const { told, line } of lines(text)) {
      if (told === '') continue;
      const [, address = '', names = ''] = aLine.exec(told) ?? [];
      if (!isAddress(address)) {
        notUnderstood.push({ file, line, text: told, why: 'no address and names' });
        continue;
      }
      understood++;
      // The first line about a name counts, as Windows reads it.
      for (const name of names.toLowerCase().split(/\s+/))
        if (!isLocal(name) && !Object.hasOwn(hosts, name)) hosts[name] = address;
    }
    return { hosts, understood, notUnderstood };
  },
};

function lines(text: string): { told: string; line: number }[] {
  return text
    .split(/\r\n?|\n/)
    .map((raw, index) => ({ told: (raw.split('#', 1)[0] ?? '').trim(), line: index + 1 }));
}

/** The machine itself, which every hosts file has. */
function isLocal(name: string): boolean {
  return /^(localhost(\.localdomain)?|broadcasthost)$/i.test(name);
}
