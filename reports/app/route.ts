import { computed, signal } from '@preact/signals';
import { upTo } from '../../model/evidence/cut.js';

/** What the address asks for. Ids are ids of the results; `event` is a line of a scenario's evidence. */
export type Route =
  | { view: 'overview'; section?: string }
  | { view: 'scenarios' }
  | { view: 'scenario'; id: string; event?: string }
  | { view: 'requirement'; id: string }
  | { view: 'administrator'; request?: number }
  /** All that is printed as one. */
  | { view: 'paper' }
  | { view: 'unknown'; path: string };

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

const parts = computed(() => {
  const [path = '', query = ''] = hash.value.replace(/^#\/?/, '').split('?');
  return { path, query };
});

export const route = computed(() => parse(parts.value.path));
/** Filters of the view. */
export const query = computed(() => new URLSearchParams(parts.value.query));

/** Sets a filter in the address; it is kept by reload and can be sent to somebody. */
export function setFilter(name: string, value: string): void {
  const next = new URLSearchParams(parts.value.query);
  if (value === '') next.delete(name);
  else next.set(name, value);
  const text = next.toString();
  const address = `#/${parts.value.path}${text && `?${text}`}`;
  history.replaceState(null, '', address);
  hash.value = address;
}

export const toScenario = (id: string, event?: string): string =>
  `#/scenario/${inPath(id)}${event === undefined ? '' : `/event/${inPath(event)}`}`;
/** The place of a request in the list for the administrator; its number is the one in its text. */
export const toRequest = (number: number): string => `#request-${number}`;
export const toRequirement = (id: string): string => `#/requirement/${inPath(id)}`;
export const toScenarios = (filters: Record<string, string>): string =>
  `#/scenarios?${new URLSearchParams(filters)}`;

function inPath(id: string): string {
  return encodeURIComponent(id).replaceAll('%2F', '/');
}

function parse(path: string): Route {
  const first = upTo('/', path);
  const rest = path.slice(first.length + 1);
  switch (first) {
    case '':
      return { view: 'overview' };
    case 'section':
      return { view: 'overview', section: rest };
    case 'scenarios':
    case 'administrator':
    case 'paper':
      return { view: first };
    case 'requirement':
      return { view: 'requirement', id: decode(rest) };
    case 'scenario': {
      const [, id = rest, event] = /^(.+)\/event\/([^/]+)$/.exec(rest) ?? [];
      return { view: 'scenario', id: decode(id), ...(event !== undefined && { event: decode(event) }) };
    }
    default: {
      const [, request] = /^request-(\d+)$/.exec(path) ?? [];
      return request === undefined
        ? { view: 'unknown', path }
        : { view: 'administrator', request: Number(request) };
    }
  }
}

/** Addresses are written by people too. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
