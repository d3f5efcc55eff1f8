import type { HostEntry } from '../../site/host-entry.js';
import { both, type Condition, portsOf } from '../condition.js';
import type { ImportedProxyRule, ImportOptions } from '../importer.js';
import { type Acl, type Part, partsOfAcl } from './acl.js';
import type { Directive } from './read-lines.js';

/** Alternatives of one line; lines of people have a few. */
const mostWays = 64;

/** Rules of a proxy, and what of a line nobody can say. */
export interface Access {
  rules: ImportedProxyRule[];
  unclear: string[];
}

type Way = { hosts?: HostEntry[]; except: HostEntry[]; condition: Condition; method?: 'connect' | 'plain' };

/** What an `http_access` line does with requests of connectors. */
export function accessOf(
  { words, file, line, doubt }: Directive,
  acls: ReadonlyMap<string, Acl>,
  given: ImportOptions,
): Access {
  const [action, ...names] = words.map(({ text }) => text);
  const rules: ImportedProxyRule[] = [];
  const unclear = new Set<string>();
  const does = action === 'allow' ? 'allow' : 'deny';
  let ways: Way[] = [
    { except: [], condition: { never: false, unclear: doubt === undefined ? [] : [doubt] } },
  ];
  for (const written of names) {
    const negated = written.startsWith('!');
    const acl = acls.get(negated ? written.slice(1) : written);
    const parts: Part[] = acl
      ? partsOfAcl(acl, negated, given)
      : [{ unclear: `acl ${written.replace(/^!/, '')}, which is not there` }];
    if (parts.some(({ asks }) => asks)) for (const way of ways) add('ask', way);
    ways = ways.flatMap((way) => parts.flatMap((part) => joined(way, part) ?? []));
    if (ways.length > mostWays) {
      const first = ways[0]?.condition.unclear ?? [];
      ways = [
        {
          except: [],
          condition: { never: false, unclear: [...first, `more than ${mostWays} ways to be met`] },
        },
      ];
    }
  }
  for (const way of ways) add(does, way);
  return { rules, unclear: [...unclear] };

  function add(what: 'allow' | 'deny' | 'ask', { hosts, except, condition, method }: Way): void {
    const { ports } = condition;
    for (const one of condition.unclear) unclear.add(one);
    rules.push({
      [what]: hosts ?? 'any',
      ...(except.length > 0 && { except }),
      ...(ports && { port: portsOf(ports) }),
      ...(method && { method }),
      ...(condition.unclear.length > 0 && { unclear: condition.unclear.join('; ').slice(0, 1000) }),
      source: { file, line },
    });
  }
}

/** Both; undefined: never. */
function joined(way: Way, { hosts, except = [], ports, method, unclear }: Part): Way | undefined {
  if (hosts?.length === 0) return undefined;
  if (method && way.method && method !== way.method) return undefined;
  // Of two lists of hosts the names in both are meant, and no rule says so.
  const isSecond = hosts !== undefined && way.hosts !== undefined;
  const doubts = [
    ...(unclear === undefined ? [] : [unclear]),
    ...(isSecond ? ['a second list of hosts'] : []),
  ];
  const condition = both(way.condition, {
    ...(ports && { ports }),
    unclear: [...way.condition.unclear, ...doubts],
  });
  if (condition.never) return undefined;
  const own = way.hosts ?? hosts;
  const how = way.method ?? method;
  return {
    except: [...way.except, ...except],
    condition,
    ...(own && { hosts: own }),
    ...(how && { method: how }),
  };
}
