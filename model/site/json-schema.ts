import { z } from 'zod';
import { siteSchema } from './schema.js';

/** The site file's schema for editors: JSON Schema, draft 2020-12. */
export function siteJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(siteSchema, { io: 'input', unrepresentable: 'any' });
  return {
    ...schema,
    title: 'connector-lab site',
    description: 'A site: everything between a connector and the internet.',
  };
}
