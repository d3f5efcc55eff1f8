import type { LookKind, StepKind } from './step-kind.js';
import * as files from './steps/index.js';

type Files = typeof files;
type Name = keyof Files;
type StepOf<K> = K extends StepKind<infer S, infer _> ? S : never;
type LookOf<K> = K extends StepKind<infer _, infer E> ? E : never;

/** What a lab can be told to do: one of `steps/`. */
export type Step = { [N in Name]: StepOf<Files[N]['kind']> }[Name];
/** What a step can let be seen. */
export type StepLook = { [N in Name]: LookOf<Files[N]['kind']> }[Name];

const kinds: ReadonlyMap<string, StepKind<Step, StepLook>> = new Map(
  Object.values(files).map(({ kind }): [string, StepKind<Step, StepLook>] => [kind.do, kind]),
);
export const stepLooks: readonly LookKind<StepLook, Step>[] = [...kinds.values()].flatMap(
  ({ look }) => look ?? [],
);

export const stepNames: readonly string[] = [...kinds.keys()];

/** Everything about a step of this kind. @throws Error where there is none */
export function kindOf(step: Pick<Step, 'do'>): StepKind<Step, StepLook> {
  const kind = kinds.get(step.do);
  if (!kind) throw new Error(`no step is called ${step.do}`);
  return kind;
}

/** What the runner does next, for the evidence. */
export function stepInWords(step: Step): string {
  return kindOf(step).words(step);
}

/** Steps for a `script`: `steps.operate(server, 'listen')`, `steps.visit(url)`, `steps.pass('25h')`. */
export const steps = Object.fromEntries(
  Object.entries(files).map(([name, { make }]) => [name, make]),
) as unknown as { [N in Name]: Files[N]['make'] };
