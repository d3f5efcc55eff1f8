import { evaluate } from './sandbox.js';

/** A proxy, by name or address. */
export interface ProxyPlace {
  host: string;
  port: number;
}
/** How a connection can be made. */
export type WayOut = ProxyPlace | 'direct';

/** Who asks a PAC file, about what. */
export interface PacQuestion {
  host: string;
  port: number;
  /** Address of the machine that asks. */
  address: string;
}

interface Known {
  answer: string;
  /** What it asked the resolver, and was told. */
  told: [name: string, address: string | null][];
}

/** Answers of the files that were asked lately; the newest last. */
const files = new Map<string, Map<string, Known>>();
const mostFiles = 50;

/**
 * What a PAC file answers. `resolve`: the site's resolver, null where it has no address.
 * @throws PacError
 */
export function pacAnswer(
  text: string,
  { host, port, address }: PacQuestion,
  resolve: (name: string) => string | null,
): string {
  const answers = answersOf(text);
  const url = urlOf(host, port);
  const key = `${address} ${url}`;
  const known = answers.get(key);
  if (known?.told.every(([name, told]) => resolve(name) === told)) return known.answer;
  const told: Known['told'] = [];
  const answer = evaluate({ text, address, url, host }, (name) => {
    const found = resolve(name);
    told.push([name, found]);
    return found;
  });
  answers.set(key, { answer, told });
  return answer;
}

/** As Windows gives it to the file: of what is secured, no path. */
function urlOf(host: string, port: number): string {
  if (port === 80) return `http://${host}/`;
  return port === 443 ? `https://${host}/` : `https://${host}:${port}/`;
}

function answersOf(text: string): Map<string, Known> {
  const known = files.get(text) ?? new Map<string, Known>();
  files.delete(text);
  files.set(text, known);
  const [oldest] = files.keys();
  if (files.size > mostFiles && oldest !== undefined) files.delete(oldest);
  return known;
}

/**
 * The ways of an answer in order: `PROXY a:8080; PROXY b; DIRECT`. Windows knows these two words and leaves
 * others out; where nothing is left, it goes directly.
 */
export function waysIn(answer: string): WayOut[] {
  const ways = answer.split(';').flatMap((part): WayOut[] => {
    const [word = '', place = ''] = part.trim().split(/\s+/);
    if (word.toUpperCase() === 'DIRECT') return ['direct'];
    const [, host, port = '80'] = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(place) ?? [];
    if (word.toUpperCase() !== 'PROXY' || host === undefined) return [];
    // A name that Windows knows by itself.
    return [{ host: host.toLowerCase() === 'localhost' ? '127.0.0.1' : host, port: Number(port) }];
  });
  return ways.length > 0 ? ways : ['direct'];
}
