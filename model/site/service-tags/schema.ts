import { z } from 'zod';
import { isoDate } from '../values.js';

const file = z.string().min(1).max(1000);

/** A published list of service tags, by the path of its file. */
const namedListSchema = z.union(
  [
    file.describe('Path of the file, from the folder of the site file.'),
    z.strictObject({
      file: file.describe('Path of the file, from the folder of the site file.'),
      date: isoDate
        .optional()
        .describe('The day from which the list is. Default: the one in the name of the file.'),
    }),
  ],
  { error: 'a file such as tags/ServiceTags_Public_20250728.json, or { file, date }' },
);

/** More weeks than this prove nothing that fewer do not. */
const mostLists = 20;

export const serviceTagsSchema = z.union([namedListSchema, z.array(namedListSchema).min(1).max(mostLists)], {
  error:
    'a file such as tags/ServiceTags_Public_20250728.json, { file, date }, or a list of these with 20 at most',
});

/** A list as a site names it. */
export interface NamedList {
  file: string;
  date: string | undefined;
}

/** The lists that a site names; dates are those in the names of files, where the site says none. */
export function namedLists(named: z.infer<typeof serviceTagsSchema> | undefined): NamedList[] {
  return [named ?? []].flat().map((one) => {
    const { file, date } = typeof one === 'string' ? { file: one, date: undefined } : one;
    const [, year, month, day] =
      /(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)/.exec(file.split(/[/\\]/).at(-1) ?? '') ?? [];
    return { file, date: date ?? (year && `${year}-${month}-${day}`) };
  });
}
