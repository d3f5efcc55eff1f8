import { describe, expect, it } from 'vitest';
import { pages, resultNames } from '../../model/evidence/vocabulary.js';
import type { SeenByUsers } from '../../model/verdict/check-results.js';
import { sawInWords, usersInWords } from './users-saw.js';

const seen = (name: string, saw: SeenByUsers['saw'], server = 's'): SeenByUsers => ({
  ...{ name, server, saw, works: saw === 'application' || saw === 'ok', events: [] },
});

describe('what users saw, in a sentence', () => {
  it.each<[SeenByUsers[], string]>([
    [[], 'No user asked for anything.'],
    [[seen('Intranet', 'application'), seen('files:445', 'ok')], 'Users were served in this run.'],
    [
      [{ ...seen('Intranet', 'application'), earlier: true }],
      'Users were served in this run, by connectors that were there before.',
    ],
    [
      [seen('A', 'application'), { ...seen('A', 'application', 't'), earlier: true }],
      'Users were served in this run; on t by a connector that was there before, a new one would not serve them.',
    ],
    [[seen('Intranet', 'gateway-timeout')], 'Users of Intranet see a gateway timeout (504).'],
    [
      [seen('A', 'bad-gateway'), seen('B', 'bad-gateway'), seen('C', 'application')],
      'Users of A and B see a bad gateway (502); those of 1 other were served.',
    ],
    [
      [seen('A', 'application'), seen('A', 'gateway-timeout', 't')],
      'Users of A see a gateway timeout (504) through t.',
    ],
    [[seen('A', 'unreachable'), seen('A', 'unreachable', 't')], 'Users of A get no answer.'],
    [
      [seen('A', 'unreachable'), seen('10.0.0.5:445', 'tcp-drop')],
      'Users of A get no answer; users of 10.0.0.5:445 cannot connect (tcp-drop).',
    ],
    [
      ['A', 'B', 'C', 'D'].map((name) => seen(name, 'forbidden')),
      'Users of A and 3 others are refused (403).',
    ],
  ])('%j', (users, sentence) => expect(usersInWords(users)).toBe(sentence));

  it('has words for all that can be seen', () => {
    const all = [...pages, ...resultNames].map(sawInWords);
    expect(new Set(all).size).toBe(all.length);
    for (const page of pages) expect(sawInWords(page)).not.toContain('cannot connect');
  });
});
