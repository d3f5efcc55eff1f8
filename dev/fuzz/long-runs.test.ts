import { expect, it } from 'vitest';
import { importers } from '../../model/import/index.js';
import { parseSite } from '../../model/site/read.js';

/** Of one text, time of processors, seconds. */
const mostSeconds = 2;
const length = 100_000;

/** Runs of one sign are what expressions go over again and again, where they are not linear. */
it.each(['\n', ' ', '\t', '\n \t', '"', "'", '\\', '{', '(', ',', '/', '#', 'acl ', 'table ', 'create '])(
  'a file of nothing but %j is recognised as nothing, soon',
  (sign) => {
    const text = sign.repeat(length);
    for (const { format, recognises } of importers) {
      const { user } = process.cpuUsage();
      recognises({ file: 'file', text });
      expect((process.cpuUsage().user - user) / 1_000_000, format).toBeLessThan(mostSeconds);
    }
  },
);

/** Each a mistake, all of them in one line: whoever tells a mistake by its line reads it as often. */
it.each(['<<: *a', '*a ', '"a" ', '@ '])(
  'a site file of nothing but %j in a line is refused soon',
  (mistake) => {
    const { user } = process.cpuUsage();
    expect(() => parseSite(mistake.repeat(32_000), 'site.yaml')).toThrow(/^site\.yaml/);
    expect((process.cpuUsage().user - user) / 1_000_000).toBeLessThan(mostSeconds);
  },
);
