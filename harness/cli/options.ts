import { isIP } from 'node:net';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { publicDates } from '../../model/requirements/editions/dates.js';
import { UsageError } from './usage-error.js';

/** Options that several commands have. */

export const engine = () =>
  new Option('--engine <engine>', 'what the lab runs on')
    .choices(['auto', 'embedded', 'containers'] as const)
    .env('CONNECTOR_LAB_ENGINE')
    .default('auto' as const);

/** Of the public requirements page. `what`: what it is taken for, and where none is given. */
export const edition = (what: string) => new Option('--edition <date>', what).choices(publicDates);

export const out = () =>
  new Option('--out <folder>', 'where evidence, results and reports go').default('connector-lab-out');

export const baseline = () =>
  new Option(
    '--baseline <file>',
    'results.json of an earlier run: only what deviates from it makes the exit code 1',
  );

export const expectedFailures = () =>
  new Option(
    '--expected-failures <file>',
    'YAML list of { scenario, reason, until }: these may fail until the end of that day',
  );

export const updateBaseline = () =>
  new Option(
    '--update-baseline',
    'write the results to the --baseline file, unless something failed that nobody declared',
  );

export const slowerThan = () =>
  new Option('--slower-than <factor>', 'tell what takes more than so many times as long as in the baseline')
    .argParser(factor)
    .default(2);

export const github = () =>
  new Option(
    '--github',
    'annotations and job summary, as on GitHub Actions (default there: GITHUB_ACTIONS=true)',
  );

export const pcap = () =>
  new Option('--pcap', 'packets and TLS keys of every machine, into evidence/ (containers)');

export const json = () => new Option('--json', 'print only JSON on standard output');

/** Parts of ids: an empty one would mean all of them. */
export function pattern(text: string, before: readonly string[] = []): string[] {
  if (text === '') throw new InvalidArgumentError('an empty pattern means nothing; leave it out for all.');
  return [...before, text];
}

export function address(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('an address such as 10.20.1.11.');
  return text;
}

export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`a whole number from 1 to ${most}.`);
    return number;
  };
}

function factor(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 1000))
    throw new InvalidArgumentError('a number from 1 to 1000, such as 1.5.');
  return number;
}

/** What of a command {@link needs} looks at. */
interface Given {
  getOptionValueSource(name: string): string | undefined;
}

/**
 * An option that means nothing without another one.
 * @throws UsageError where it is given alone
 */
export function needs(command: Given, name: string, other: string): void {
  const given = (one: string) => ['cli', 'env'].includes(command.getOptionValueSource(one) ?? '');
  if (given(name) && !given(other))
    throw new UsageError(`${flag(name)} means nothing without ${flag(other)}`);
}

/**
 * Options that mean nothing beside another one.
 * @throws UsageError where one is given with it; `why`: what says so in its place
 */
export function without(command: Given, names: readonly string[], other: string, why: string): void {
  const given = (one: string) => command.getOptionValueSource(one) === 'cli';
  const [first] = names.filter(given);
  if (first !== undefined && given(other))
    throw new UsageError(`${flag(first)} means nothing with ${flag(other)}: ${why}`);
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
