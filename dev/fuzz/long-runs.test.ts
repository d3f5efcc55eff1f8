import { expect, it } from 'vitest';
import { importers } from '../../model/import/index.js';

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
