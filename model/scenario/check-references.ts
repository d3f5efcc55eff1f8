import { accounts, devices, nobody, operations, pages, resultNames } from '../evidence/vocabulary.js';
import { accountsOf } from '../site/accounts.js';
import type { Site } from '../site/schema.js';
import { unknownWord } from '../site/unknown-word.js';
import { applyChanges } from './change.js';
import { type Expectation, isLook, lookNames, lookOf } from './expectation.js';
import type { ResultExpectation } from './result-expectation.js';
import type { Scenario } from './scenario.js';
import { kindOf, type Step, stepNames } from './step.js';
import type { Vocabulary } from './step-kind.js';

type Refers<T> = Partial<Record<keyof T, Vocabulary>>;

const resultRefers: Refers<ResultExpectation> = {
  server: 'server',
  operation: 'operation',
  result: 'result',
  device: 'device',
};

/** Closed lists. Where a step or an expectation has no such word it means nothing, but for those that narrow. */
const words: Partial<Record<Vocabulary, readonly string[]>> = {
  account: accounts,
  operation: operations,
  page: pages,
  result: resultNames,
  device: devices,
};
const narrowing: readonly Vocabulary[] = ['device'];

/** Names of things in a site; of accounts those that every server has are a closed list. */
const namesIn: Partial<Record<Vocabulary, (site: Site) => string[]>> = {
  account: accountsOf,
  server: ({ servers }) => servers.map(({ name }) => name),
  user: ({ tenant }) => [...tenant.users.map(({ name }) => name), nobody],
  application: ({ applications }) => applications.map(({ external }) => external),
};

/**
 * What a scenario's steps and expectations name and is not there, one sentence each with the nearest
 * word: `expect[2].page: no page is called "aplication"; did you mean "application"?`. A name has to be
 * in the site, before the change or after it.
 */
export function wrongReferences(scenario: Scenario): string[] {
  const { script = {}, expect, control = [], restore = [] } = scenario;
  const reader = new Reader(scenario);
  return [
    ...Object.entries(script).flatMap(([phase, steps]) =>
      steps.flatMap((step, index) => reader.step(`script.${phase}[${index}]`, step)),
    ),
    ...Object.entries({ expect, control, restore }).flatMap(([part, expectations]) =>
      expectations.flatMap((expectation, index) => reader.expectation(`${part}[${index}]`, expectation)),
    ),
  ];
}

class Reader {
  #changed: Site | undefined;

  constructor(private readonly scenario: Scenario) {}

  step(place: string, step: Step): string[] {
    if (!stepNames.includes(step.do)) return [`${place}.do: ${unknownWord('step', step.do, stepNames)}`];
    return this.#fields(place, step, kindOf(step).refers);
  }

  expectation(place: string, expectation: Expectation): string[] {
    if (!isLook(expectation)) return this.#fields(place, expectation, resultRefers);
    const { kind } = expectation;
    if (lookNames.includes(kind)) return this.#fields(place, expectation, lookOf(expectation).refers);
    return [`${place}.kind: ${unknownWord('expectation', kind, ['result', ...lookNames])}`];
  }

  #fields<T extends object>(place: string, said: T, refers: Refers<T> = {}): string[] {
    const values = new Map<string, unknown>(Object.entries(said));
    return Object.entries<Vocabulary | undefined>(refers).flatMap(([field, vocabulary]) => {
      const wrong = vocabulary && this.#wrong(vocabulary, values.get(field));
      return wrong ? [`${place}.${field}: ${wrong}`] : [];
    });
  }

  #wrong(vocabulary: Vocabulary, value: unknown): string | undefined {
    const list = words[vocabulary];
    if (value === undefined)
      return list && !narrowing.includes(vocabulary) ? `is missing; there are ${list.join(', ')}` : undefined;
    const word = String(value);
    if (list?.includes(word)) return undefined;
    if (list && !namesIn[vocabulary]) return unknownWord(vocabulary, word, list);
    const known = this.#names(vocabulary, this.scenario.site);
    if (isIn(vocabulary, word, known)) return undefined;
    this.#changed ??= applyChanges(this.scenario.site, this.scenario.change);
    const all = [...new Set([...known, ...this.#names(vocabulary, this.#changed)])];
    return isIn(vocabulary, word, all) ? undefined : unknownWord(vocabulary, word, all);
  }

  #names(vocabulary: Vocabulary, site: Site): string[] {
    return namesIn[vocabulary]?.(site) ?? [];
  }
}

/** Of an application every page can be opened. */
function isIn(vocabulary: Vocabulary, word: string, names: readonly string[]): boolean {
  if (vocabulary !== 'application') return names.includes(word);
  return URL.canParse(word) && names.some((name) => new URL(name).origin === new URL(word).origin);
}
