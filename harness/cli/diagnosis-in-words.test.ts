import { expect, it } from 'vitest';
import type { Cause } from '../../model/diagnosis/diagnose.js';
import { type Scope, scopeInWords } from '../../model/diagnosis/scope.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { diagnosisInWords } from './diagnosis-in-words.js';

const cause = (scope: Scope, more: Partial<Cause> = {}): Cause => ({
  rule: 'path/dropped',
  says: `Packets are dropped: without an answer: ${scopeInWords(scope)}`,
  scope,
  confidence: 'likely',
  members: ['the edge', 'the server'],
  evidence: ['a1'],
  unlike: { rule: 'names/wrong-address', tell: 'Ask another resolver.' },
  ...more,
});
const told = (...causes: Cause[]) =>
  diagnosisInWords({ ruleSet: '', causes, unexplained: [], operations: [], outcome: 'causes' }, attempts({}));

it('says of causes that are alike once what they can be and what is next, with all their places', () => {
  const lines = told(
    cause({ stack: 'system' }, { seen: 'others get further' }),
    cause({ host: 'login.windows.net', port: 443 }, { evidence: ['a2'] }),
  );
  expect(lines.slice(0, -2)).toEqual([
    '2 causes, of one kind, explain what was seen.',
    '',
    '1. Packets are dropped: without an answer, at 2 places:',
    '   - every host, by the system stack (others get further)',
    '   - login.windows.net:443',
    '   can be: the edge; the server',
    '   likely, path/dropped; evidence: a1, a2',
    '   next: Ask another resolver; that tells it from names/wrong-address.',
  ]);
});

it('keeps apart what is as sure in another degree, or worked at other times', () => {
  const lines = told(
    cause({ port: 80 }),
    cause({ port: 443 }, { confidence: 'possible' }),
    cause({ port: 8080 }, { contradictory: true }),
  );
  expect(lines.filter((line) => /^\d\. /.test(line))).toEqual([
    '1. Packets are dropped: without an answer: every host on port 80',
    '2. Packets are dropped: without an answer: every host on port 443',
    '3. Packets are dropped: without an answer: every host on port 8080',
  ]);
  expect(lines[0]).toBe('3 causes explain what was seen.');
});

it('leaves places out, and says how many, where there are more than a screen has', () => {
  const lines = told(
    ...Array.from({ length: 20 }, (_, index) => cause({ host: `h${index}.test`, port: 443 })),
  );
  expect(lines.filter((line) => line.startsWith('   - '))).toHaveLength(16);
  expect(lines).toContain('   … and 4 more; --json has them.');
});
