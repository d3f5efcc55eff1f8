import type { Imported, Importer, NotUnderstood } from './importer.js';

const aProxy = /\b(?:PROXY|HTTP) +([A-Za-z\d][\w.-]*)(?::(\d{1,5}))?/g;

/** A PAC file (automatic configuration script), kept as code: who uses it, no file says. */
export const pacFile: Importer = {
  format: 'pac',
  title: 'a PAC file',
  recognises: ({ text }) => /\bfunction\s+FindProxyForURL(Ex)?\s*\(/.test(text),
  read: ({ file, text }): Imported => ({
    site: { pac: { file: text, 'used-by': ['service', 'updater', 'system', 'tunnel'] } },
    named: namedIn(text),
    understood: 1,
    notUnderstood: byPlace(file, text),
  }),
};

/** Proxies in the order in which the file names them. */
function namedIn(text: string): string[] {
  const found = code(text).flatMap(({ told }) =>
    [...told.matchAll(aProxy)].map(([, host = '', port = '80']) => `${host.toLowerCase()}:${port}`),
  );
  // An agent on the server itself is no proxy of the site.
  return [...new Set(found)].filter((one) => !/^(localhost|127\.)/.test(one));
}

/** Where it goes by the address of the machine: that of a lab is none of the customer's. */
function byPlace(file: string, text: string): NotUnderstood[] {
  const first = code(text).find(({ told }) => /\bmyIpAddress(Ex)?\s*\(/.test(told));
  if (!first) return [];
  const why =
    'goes by the address of the machine that asks, and servers of a lab have others (198.18.1.10 is the first): whom it sends where for yours is not judged';
  return [{ file, line: first.line, text: first.told, why }];
}

/** Lines that are no comments. */
function code(text: string): { told: string; line: number }[] {
  return text
    .split('\n')
    .map((raw, index) => ({ told: raw.trim(), line: index + 1 }))
    .filter(({ told }) => !/^(\/\/|\*|\/\*)/.test(told));
}
