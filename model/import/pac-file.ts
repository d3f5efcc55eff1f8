import type { Imported, Importer, NotUnderstood } from './importer.js';
import { isInsideOnly } from './inside-only.js';

const aProxy = /\b(?:PROXY|HTTP) +([A-Za-z\d][\w.-]*)(?::(\d{1,5}))?/g;

/** A PAC file (automatic configuration script), kept as code: who uses it, no file says. */
export const pacFile: Importer = {
  format: 'pac',
  title: 'a PAC file',
  recognises: ({ text }) =>
    /\bfunction\s+FindProxyForURL(Ex)?\s*\(/.test(text) ||
    /\bFindProxyForURL(Ex)?\s*=\s*(?:function\b|\(|[\w$]+\s*=>)/.test(text),
  read: ({ file, text }): Imported => ({
    site: { pac: { file: text, 'used-by': ['service', 'updater', 'system', 'tunnel'] } },
    named: namedIn(text),
    understood: 1,
    notUnderstood: doubtful.flatMap((one) => first(one, file, text)),
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

/** What of a file means something else for a lab, or for Windows, than for a customer's server. */
const doubtful: readonly { is: (line: string) => boolean; why: string }[] = [
  {
    is: (line) => /\bmyIpAddress(Ex)?\s*\(/.test(line),
    why: 'goes by the address of the machine that asks, and servers of a lab have others (198.18.1.10 is the first): whom it sends where for yours is not judged',
  },
  {
    is: (line) => /\b(weekdayRange|dateRange|timeRange)\s*\(|\bnew\s+Date\b|\bDate\.now\b/.test(line),
    why: 'goes by the hour, which is noon of a Wednesday in a lab: whom it sends where at other times is not judged',
  },
  {
    is: (line) =>
      line.includes('isInNet') && [...line.matchAll(/["'](\d{1,3}(?:\.\d{1,3}){3})["']/g)].some(isOfInternet),
    why: 'goes by addresses of the internet, and hosts of a lab have others: whom it sends where by these is not judged',
  },
  {
    is: (line) => /^(let|const)\s|=>|`|^class\s/.test(line),
    why: 'newer JavaScript than the engine of Windows reads (JScript): services that ask WinHTTP go direct there, or fail; here it is understood',
  },
];

function isOfInternet([, network = '']: RegExpMatchArray): boolean {
  return !isInsideOnly(network);
}

/** Told once, with the first line. */
function first({ is, why }: (typeof doubtful)[number], file: string, text: string): NotUnderstood[] {
  const found = code(text).find(({ told }) => is(told));
  return found ? [{ file, line: found.line, text: found.told, why }] : [];
}

/** Lines that are no comments. */
function code(text: string): { told: string; line: number }[] {
  return text
    .split('\n')
    .map((raw, index) => ({ told: raw.trim(), line: index + 1 }))
    .filter(({ told }) => !/^(\/\/|\*|\/\*)/.test(told));
}
