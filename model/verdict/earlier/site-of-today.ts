import { z } from 'zod';
import { siteSchema } from '../../site/schema.js';
import type { RunLog } from '../run-log.js';

/** What of a schema says which parts a site has, and of which kind; what else they must be was checked when it was written. */
const kept = new Set([
  ...['$schema', '$defs', '$ref', 'type', 'properties', 'required', 'additionalProperties'],
  ...['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf', 'const', 'enum'],
]);

/** Of a complete site. Made of the site's own schema, so that it knows tomorrow's keys. */
let shape: z.ZodType | undefined;
function shapeOfToday(): z.ZodType {
  const schema = z.toJSONSchema(siteSchema, {
    io: 'output',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) if (!kept.has(key)) Reflect.deleteProperty(jsonSchema, key);
    },
  });
  return z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
}

/**
 * For a check's log that an earlier version wrote: what it did not write of the site, as places in it. A check is
 * judged by a walk through the site; a key that is filled in on reading would be a verdict on what nobody lived in.
 */
export function notRecorded({ run, sites }: RunLog): string[] {
  const site = run.check === undefined ? undefined : sites.get(run.check);
  if (!site) return [];
  shape ??= shapeOfToday();
  const { error } = shape.safeParse(site);
  const places = (error?.issues ?? []).flatMap(({ path, ...issue }) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path],
  );
  return [...new Set(places.map((path) => path.filter((part) => typeof part === 'string').join('.')))];
}
