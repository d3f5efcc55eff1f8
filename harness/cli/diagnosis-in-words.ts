import wrap from 'wrap-ansi';
import type { Diagnosis } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';

const width = 80;
/** More on one screen nobody reads; --json has all. */
const most = { causes: 8, ids: 4, unexplained: 5 };

/** A diagnosis for a person, in lines of one screen. */
export function diagnosisInWords(diagnosis: Diagnosis, evidence: Evidence): string[] {
  const { causes, unexplained, outcome } = diagnosis;
  const lines = [headline(diagnosis), ''];
  for (const [index, cause] of causes.slice(0, most.causes).entries()) {
    const { says, seen, members, confidence, rule, evidence: ids, unlike, contradictory } = cause;
    lines.push(
      ...indented(`${index + 1}. `, says),
      ...(seen === undefined ? [] : indented('   ', seen)),
      ...(members.length > 0 ? indented('   can be: ', members.join('; ')) : []),
      ...(contradictory ? indented('   ', 'contradictory: the same worked at other times') : []),
      ...indented('   ', `${confidence}, ${rule}; evidence: ${some(ids)}`),
      ...(members.length > 1 || confidence !== 'certain'
        ? indented('   next: ', `${unlike.tell} (or it is ${unlike.rule})`)
        : []),
    );
  }
  if (causes.length > most.causes) lines.push(`… and ${causes.length - most.causes} more; --json has them.`);
  if (unexplained.length > 0)
    lines.push(
      '',
      `${unexplained.length} more that no cause explains:`,
      ...unexplained.slice(0, most.unexplained).flatMap(({ id, text }) => indented('   ', `${text} (${id})`)),
    );
  if (outcome !== 'nothing observed') lines.push('', ...worth(diagnosis, evidence));
  return lines;
}

function headline({ outcome, causes }: Diagnosis): string {
  switch (outcome) {
    case 'causes':
      return causes.length === 1
        ? 'One cause explains what was seen.'
        : `${causes.length} causes explain what was seen.`;
    case 'undetermined':
      return 'Undetermined: something does not work, and no rule here explains it.';
    case 'nothing observed':
      return 'Undetermined: the evidence holds no attempt of a connector.';
    default:
      return 'No cause: everything that was tried worked.';
  }
}

function worth({ operations }: Diagnosis, { attempts }: Evidence): string[] {
  const of = (kind: string) => [
    ...new Set(operations.filter((one) => one.evidence === kind).map((one) => one.operation)),
  ];
  const parts = [
    `From ${attempts.length} attempts; no device was asked.`,
    ...(of('useless').length > 0
      ? [`Useless, because something earlier failed: ${of('useless').join(', ')}.`]
      : []),
    ...(of('not observed').length > 0 ? [`Not observed: ${of('not observed').join(', ')}.`] : []),
  ];
  return indented('', parts.join(' '));
}

function some(ids: readonly string[]): string {
  const shown = ids.slice(0, most.ids).join(', ');
  return ids.length > most.ids ? `${shown} and ${ids.length - most.ids} more` : shown;
}

function indented(first: string, text: string): string[] {
  const rest = ' '.repeat(first.length);
  return wrap(text, width - first.length)
    .split('\n')
    .map((line, index) => `${index === 0 ? first : rest}${line}`);
}
