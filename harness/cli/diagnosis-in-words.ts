import wrap from 'wrap-ansi';
import type { Cause, Diagnosis } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { scopeInWords } from '../../model/diagnosis/scope.js';

const width = 80;
/** More on one screen nobody reads; --json has all. */
const most = { kinds: 8, places: 16, ids: 4, unexplained: 5 };

/** A diagnosis for a person, in lines of one screen: causes that are alike but for their places are one paragraph. */
export function diagnosisInWords(diagnosis: Diagnosis, evidence: Evidence): string[] {
  const { causes, unexplained, outcome } = diagnosis;
  const kinds = alike(causes);
  const lines = [headline(diagnosis, kinds.length), ''];
  for (const [index, kind] of kinds.slice(0, most.kinds).entries()) lines.push(...paragraph(index + 1, kind));
  if (kinds.length > most.kinds) lines.push(`… and ${kinds.length - most.kinds} more; --json has them.`);
  if (unexplained.length > 0)
    lines.push(
      '',
      `${unexplained.length} more that no cause explains:`,
      ...unexplained.slice(0, most.unexplained).flatMap(({ id, text }) => indented('   ', `${text} (${id})`)),
    );
  if (outcome !== 'nothing observed') lines.push('', ...worth(diagnosis, evidence));
  return lines;
}

/** Causes of which all but place, evidence and what was seen is the same, in the order of the first of each. */
type Kind = [Cause, ...Cause[]];

function alike(causes: readonly Cause[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const cause of causes) {
    const { rule, confidence, contradictory } = cause;
    const key = [rule, confidence, contradictory ?? false].join();
    const kind = kinds.get(key);
    if (kind) kind.push(cause);
    else kinds.set(key, [cause]);
  }
  return [...kinds.values()];
}

function paragraph(number: number, kind: Kind): string[] {
  const [{ says, seen, members, confidence, rule, unlike, contradictory }] = kind;
  const isSeenAlike = kind.every((one) => one.seen === seen);
  return [
    ...indented(`${number}. `, kind.length === 1 ? says : `${whatOf(kind[0])}, at ${kind.length} places:`),
    ...(kind.length === 1 ? [] : places(kind, isSeenAlike)),
    ...(seen === undefined || !isSeenAlike ? [] : indented('   ', seen)),
    ...(members.length > 0 ? indented('   can be: ', members.join('; ')) : []),
    ...(contradictory ? indented('   ', 'contradictory: the same worked at other times') : []),
    ...indented('   ', `${confidence}, ${rule}; evidence: ${some(kind.flatMap(({ evidence }) => evidence))}`),
    ...(members.length > 1 || confidence !== 'certain'
      ? indented('   next: ', `${unlike.tell.replace(/\.$/, '')}; that tells it from ${unlike.rule}.`)
      : []),
  ];
}

/** What a cause says, without its place. */
function whatOf({ says, scope }: Cause): string {
  return says.slice(0, -`: ${scopeInWords(scope)}`.length);
}

function places(kind: Kind, isSeenAlike: boolean): string[] {
  const left = kind.length - most.places;
  return [
    ...kind.slice(0, most.places).flatMap(({ scope, seen }) => {
      const place = scopeInWords(scope);
      return indented('   - ', isSeenAlike || seen === undefined ? place : `${place} (${seen})`);
    }),
    ...(left > 0 ? [`   … and ${left} more; --json has them.`] : []),
  ];
}

function headline({ outcome, causes }: Diagnosis, kinds: number): string {
  switch (outcome) {
    case 'causes':
      return causes.length === 1
        ? 'One cause explains what was seen.'
        : `${causes.length} causes${kinds < causes.length ? `, of ${kinds === 1 ? 'one kind' : `${kinds} kinds`},` : ''} explain what was seen.`;
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
