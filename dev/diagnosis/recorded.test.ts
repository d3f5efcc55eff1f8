import { expect, it } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { evidenceSchema } from '../../model/diagnosis/evidence.js';
import { readRecorded } from './recorded.js';
import { isNamed, namesOf } from './score.js';

const recorded = readRecorded();

it('has recorded single faults and healthy sites', () => {
  const lengths = new Set(recorded.map(({ truths }) => truths.length));
  expect([lengths.has(0), lengths.has(1)]).toEqual([true, true]);
});

it.each(recorded.filter(({ truths }) => truths.length === 1))(
  'puts the class first: $id',
  ({ truths, evidence }) => {
    const diagnosis = diagnose(evidenceSchema.parse(evidence));
    const [truth] = truths;
    expect(truth && isNamed(truth, diagnosis.causes[0], evidence), namesOf(diagnosis).join()).toBe(true);
  },
);

it.each(recorded.filter(({ truths }) => truths.length === 0))(
  'finds nothing in the healthy $id',
  ({ evidence }) => {
    expect(diagnose(evidenceSchema.parse(evidence))).toMatchObject({ causes: [], unexplained: [] });
  },
);
