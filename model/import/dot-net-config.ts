import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { StackName } from '../evidence/vocabulary.js';
import { bypassEntry } from './dot-net-bypass.js';
import type { Imported, Importer, NotUnderstood } from './importer.js';

/** Which services read a file, by its name (the proxy page of the product: .exe.config of each service). */
function readBy(file: string): StackName[] {
  if (/machine\.config$/i.test(file)) return ['service', 'updater'];
  return /updater/i.test(file) && /\.exe\.config$/i.test(file) ? ['updater'] : ['service'];
}

/** `defaultProxy` of a .NET configuration: the connector's `.exe.config`, its updater's, or `machine.config`. */
export const dotNetConfig: Importer = {
  format: 'dot-net-config',
  title: 'a .NET configuration file',
  recognises: ({ text }) => /<configuration[\s>]/.test(text),
  read({ file, text }): Imported {
    const nothing = (line: number, told: string, why: string): Imported => ({
      understood: 0,
      notUnderstood: [{ file, line, text: told, why }],
    });
    const valid = XMLValidator.validate(text);
    if (valid !== true) return nothing(valid.err.line, valid.err.msg, 'no XML');
    const stacks = readBy(file);
    const found = /<defaultProxy\b/i.exec(text);
    if (!found) return { understood: 1, notUnderstood: [] };
    const line = text.slice(0, found.index).split('\n').length;
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      processEntities: false,
    });
    const parsed = parsedBy(parser, text);
    if (typeof parsed === 'string') return nothing(line, parsed, 'no XML that is read here');
    const settings = at(parsed, 'configuration', 'system.net', 'defaultProxy');
    if (attribute(settings, 'enabled')?.toLowerCase() === 'false')
      return { direct: stacks, understood: 1, notUnderstood: [] };
    const proxy = at(settings, 'proxy');
    const told = attribute(proxy, 'proxyaddress');
    const notUnderstood: NotUnderstood[] = [];
    const script = attribute(proxy, 'scriptLocation');
    if (script !== undefined)
      notUnderstood.push({
        file,
        line,
        text: `scriptLocation ${script}`,
        why: 'a PAC file that is elsewhere: import it as well',
      });
    const misspelt = misspeltIn(proxy);
    if (misspelt) {
      const why = `.NET knows it as "${misspelt.right}", in small letters, and refuses the whole file`;
      return nothing(line, misspelt.name, why);
    }
    if (told === undefined) return { understood: script === undefined ? 1 : 0, notUnderstood };
    const [, scheme, address] = /^(?:(https?):\/\/)?([^:/\s@]+:\d{1,5})\/?$/i.exec(told.trim()) ?? [];
    if (address === undefined)
      return nothing(line, `proxyaddress ${withoutSecret(told)}`, 'no http://host:port');
    if (scheme === undefined) {
      const why = 'without http:// before it .NET takes it for no proxy at all: this goes direct';
      notUnderstood.push({ file, line, text: `proxyaddress ${told}`, why });
      return { direct: stacks, understood: 1, notUnderstood };
    }
    const bypass = bypassOf(settings, proxy);
    notUnderstood.push(
      ...bypass.others.map(({ text: own, why }) => {
        const place = text.indexOf(`"${own}"`, found.index);
        const above = text.slice(0, place < 0 ? found.index : place);
        return { file, line: above.split('\n').length, text: `bypasslist ${own}`, why };
      }),
    );
    return {
      site: { proxy: { address: address.toLowerCase(), 'used-by': [...stacks], bypass: bypass.entries } },
      understood: 1,
      notUnderstood,
    };
  },
};

/** What the parser makes of it; a text: what it refuses, as elements that stand too deep in each other. */
function parsedBy(parser: XMLParser, text: string): unknown {
  try {
    return Object(parser.parse(text));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Entries as Windows writes them, and what no such entry says. */
function bypassOf(settings: unknown, proxy: unknown) {
  const written = [at(settings, 'bypasslist', 'add') ?? []]
    .flat()
    .flatMap((one) => attribute(one, 'address') ?? []);
  const entries = attribute(proxy, 'bypassonlocal')?.toLowerCase() === 'true' ? ['<local>'] : [];
  const others: { text: string; why: string }[] = [];
  for (const text of written) {
    const entry = bypassEntry(text);
    if (entry !== undefined) entries.push(entry);
    else if (/^[*+?]/.test(text))
      others.push({ text, why: 'no regular expression, and .NET wants one here' });
    else
      others.push({
        text,
        why: 'a regular expression that no entry here says: what fits it goes direct, which is not judged',
      });
  }
  return { entries, others };
}

/** Names of attributes are compared letter by letter. */
function misspeltIn(proxy: unknown): { name: string; right: string } | undefined {
  for (const name of Object.keys(Object(proxy) as object))
    for (const right of ['proxyaddress', 'bypassonlocal', 'usesystemdefault'])
      if (name !== right && name.toLowerCase() === right) return { name, right };
  return undefined;
}

function withoutSecret(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//***@');
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

function attribute(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' ? found : undefined;
}
