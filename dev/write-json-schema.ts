import { writeFile } from 'node:fs/promises';
import { siteJsonSchema } from '../model/site/json-schema.js';

/** Writes the schema that editors read, beside the one it is made from. */
await writeFile(
  new URL('../model/site/site.schema.json', import.meta.url),
  `${JSON.stringify(siteJsonSchema(), null, 2)}\n`,
);
