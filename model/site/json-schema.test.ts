import { expect, it } from 'vitest';
import { siteJsonSchema } from './json-schema.js';

interface Schema {
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  additionalProperties?: Schema | false;
}

/** Every key of a site file, by its path. */
function keys(schema: Schema, path = ''): [path: string, key: Schema][] {
  const inner = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, key]) => {
      const at = path === '' ? name : `${path}.${name}`;
      return [[at, key] as [string, Schema], ...keys(key, at)];
    }),
    ...inner.flatMap((one) => (one ? keys(one, path) : [])),
  ];
}

const all = keys(siteJsonSchema() as Schema);

it('explains every key to editors, in a sentence or two', () => {
  expect(all.length).toBeGreaterThan(140);
  const silent = all.filter(([, { description = '' }]) => !/^[A-Z`].{8,}\.$/.test(description));
  expect(silent.map(([path]) => path)).toEqual([]);
  const long = all.filter(([, { description = '' }]) => description.length > 300);
  expect(long.map(([path]) => path)).toEqual([]);
});

it('tells the defaults as they are', () => {
  const untold = all.flatMap(([path, { description = '', default: value }]) => {
    const isWord = typeof value === 'string' || typeof value === 'boolean';
    const isTold = new RegExp(`Default: .*\\b${value}\\b`).test(description);
    return isWord && !isTold ? [`${path}: ${value}: ${description}`] : [];
  });
  expect(untold).toEqual([]);
});
