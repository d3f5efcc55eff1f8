import { z } from 'zod';
import { notOfNetworks } from './not-of-networks.js';
import { durationMeant, hostAndPortMeant, listMeant, mappingMeant } from './other-forms.js';
import { meantKey, meantValue } from './other-words.js';
import type { Placed } from './placed.js';
import { siteSchema } from './schema.js';

type Issue = z.core.$ZodIssue;

/** A schema issue in words for the person who wrote the file, with the nearest right word. */
export function wordsFor(issue: Issue, value: unknown): Placed[] {
  const found = at(value, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(issue.path);
      return issue.keys.map((key) => {
        const others = isRule(issue.path) ? wordsOfOthers : notOfNetworks;
        const foreign = Object.hasOwn(others, key) ? others[key] : undefined;
        if (foreign) return { path: [...issue.path, key], message: foreign };
        const near = meantKey(key, known);
        const message = near
          ? `unknown key; did you mean "${near}"?`
          : `unknown key; known are ${known.join(', ')}`;
        return { path: [...issue.path, key], message };
      });
    }
    case 'invalid_value': {
      const words = issue.values.map(String);
      // YAML reads 1.2 as a number.
      if (typeof found === 'number' && words.includes(String(found)))
        return [{ path: issue.path, message: `${found} is a number; write it in quotes: "${found}"` }];
      const message = `${quote(found)} is not one of ${words.join(', ')}${meant(meantValue(found, words))}`;
      return [{ path: issue.path, message }];
    }
    case 'invalid_key':
      return [
        { path: issue.path, message: `${quote(issue.path.at(-1))} is not ${issue.issues[0]?.message}` },
      ];
    case 'invalid_type':
      return [{ path: issue.path, message: found === undefined ? 'is missing' : typeWords(issue, found) }];
    case 'invalid_format':
      return [
        {
          path: issue.path,
          message: `${quote(found)} is not ${formatWords(issue)}${formMeant(issue, found)}`,
        },
      ];
    case 'too_big':
      if (issue.origin === 'number' || issue.origin === 'int')
        return [{ path: issue.path, message: `${quote(found)} is too large: ${issue.maximum} at most` }];
      if (issue.origin !== 'array' && issue.origin !== 'string')
        return [{ path: issue.path, message: issue.message }];
      return [
        {
          path: issue.path,
          message: `${issue.maximum}${issue.origin === 'string' ? ' characters' : ''} at most, found ${(found as unknown[] | string).length}`,
        },
      ];
    case 'too_small':
      if (issue.origin !== 'number' && issue.origin !== 'int')
        return [{ path: issue.path, message: issue.message }];
      return [{ path: issue.path, message: `${quote(found)} is too small: ${issue.minimum} at least` }];
    case 'invalid_union': {
      const branch = branchFor(issue, found);
      if (branch)
        return branch.flatMap((one) => {
          const path = [...issue.path, ...one.path];
          return wordsFor({ ...one, path } as Issue, value);
        });
      if (!issue.message.startsWith('Invalid input'))
        return [
          { path: issue.path, message: `${quote(found)} is not ${issue.message}${nearOf(issue, found)}` },
        ];
      const [first] = issue.errors.flat();
      return [{ path: issue.path, message: `${quote(found)}: ${first?.message ?? issue.message}` }];
    }
    default:
      return [{ path: issue.path, message: issue.message }];
  }
}

/** The nearest word, where one of several forms is a word of a list. */
function nearOf({ errors }: Extract<Issue, { code: 'invalid_union' }>, found: unknown): string {
  const words = errors.flat().flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : []));
  return meant(meantValue(found, words));
}

/** The nearest right word behind what is said of a wrong one. */
function meant(word: string | undefined): string {
  return word === undefined ? '' : `; did you mean "${word}"?`;
}

/** The same in the form of its place, where it can be told. */
function formMeant({ message }: Issue, found: unknown): string {
  if (typeof found !== 'string') return '';
  if (message.startsWith('host:port')) return meant(hostAndPortMeant(found));
  if (!message.startsWith('a duration')) return '';
  const form = durationMeant(found);
  // Only a clock can be behind.
  return form?.startsWith('-') && !message.includes('-') ? '' : meant(form);
}

/** Whether a path leads to a rule of a firewall or a proxy, not to a part of one. */
function isRule(path: readonly PropertyKey[]): boolean {
  return typeof path.at(-1) === 'number' && /rules$/.test(String(path.at(-2)));
}

/** The issues of the one form of several in which a list or mapping is written; undefined: it is another value. */
function branchFor(issue: Extract<Issue, { code: 'invalid_union' }>, found: unknown): Issue[] | undefined {
  if (found === null || typeof found !== 'object') return undefined;
  const isOfForm = (issues: readonly Issue[]) =>
    issues.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys');
  return issue.errors.find(isOfForm) as Issue[] | undefined;
}

const localPorts =
  'connections of a connector begin at any local port, 49152 to 65535, so that no rule can depend on it; leave it out';
const isMeant = (key: string) => `unknown key; did you mean "${key}"?`;
const actions =
  'unknown key; the action is a key itself, with the destination behind it: "deny: *.msappproxy.net"';
const destinations = 'unknown key; the destination stands behind the action: "allow: *.msappproxy.net"';
const origins = isMeant('from');

/** What products call parts of their rules that rules of a site have by another name, or not at all. */
const wordsOfOthers: Readonly<Record<string, string>> = {
  ...{ 'local-port': localPorts, 'local-ports': localPorts, 'source-port': localPorts, sport: localPorts },
  ...{ drop: isMeant('deny'), block: isMeant('deny'), accept: isMeant('allow'), permit: isMeant('allow') },
  ...{ proto: isMeant('protocol'), source: origins, src: origins, saddr: origins },
  ...{ to: destinations, host: destinations, hosts: destinations, destination: destinations },
  ...{ dst: destinations, daddr: destinations, fqdn: destinations, fqdns: destinations },
  ...{ domain: destinations, domains: destinations, url: destinations, urls: destinations },
  ...{ action: actions, type: actions, verdict: actions },
};

/** What people who write YAML call what JavaScript calls otherwise. */
const yamlWords: Readonly<Record<string, string>> = {
  ...{ array: 'a list', object: 'a mapping (key: value)', record: 'a mapping (key: value)' },
  ...{ string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
};

/** Values with a form of their own say it, whatever stands in their place. */
function typeWords(
  { message, expected, path }: Extract<Issue, { code: 'invalid_type' }>,
  found: unknown,
): string {
  if (!message.startsWith('Invalid input')) return `${quote(found)} is not ${message}`;
  const form = expected === 'array' ? listMeant(found) : mappingMeant(path, found);
  const hint = (expected === 'array' || expected === 'object') && form !== undefined;
  return `expected ${yamlWords[expected] ?? expected}, found ${quote(found)}${hint ? `; did you mean ${form}?` : ''}`;
}

function formatWords(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'date') return 'a date such as 2023-08-07';
  if (issue.format === 'url') return `an address such as ${exampleOf(issue.path)}`;
  if (issue.format === 'guid') return 'a GUID';
  return issue.message;
}

function exampleOf(path: readonly PropertyKey[]): string {
  return path.at(-1) === 'internal'
    ? 'http://intranet.contoso.test/'
    : 'https://intranet-contoso.msappproxy.net/';
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const schema = path.reduce<unknown>((inner, key) => {
    const forms = formsOf(inner);
    const list = forms.find((form) => form instanceof z.ZodArray);
    if (list && typeof key === 'number') return list.element;
    return forms.find((form) => form instanceof z.ZodObject)?.shape[String(key)];
  }, siteSchema);
  const open = formsOf(schema).find((form) => form instanceof z.ZodObject);
  return open ? Object.keys(open.shape).filter((key) => key !== '$schema') : [];
}

/** In which forms a value may be written, in order. */
function formsOf(schema: unknown): unknown[] {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  )
    return formsOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return formsOf(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(formsOf);
  return [schema];
}
