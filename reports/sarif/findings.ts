import type { RuleSource } from '../../model/site/schema.js';
import type { CheckedRequest, CheckResults, NotJudged } from '../../model/verdict/check-results.js';

/** What a check says of one line of a file that was imported. */
export interface Finding {
  /** Something does not work because of it, or nobody knows. */
  level: 'error' | 'warning';
  /** What to do, and why. */
  text: string;
  requirements: readonly string[];
  source: RuleSource;
  /** What stays the same when lines move. */
  stable: string;
}

/** Of one finding, more hosts, reasons or requirements than this are in the other reports. */
const most = 4;

/** Every line whose rule decides about a request, and every one that is not judged, those of one rule together. */
export function findingsInFiles({ requests, notJudged }: CheckResults): Finding[] {
  const toMend = requests.flatMap((request) => request.sources.map((source) => broken(request, source)));
  return [...toMend, ...byLine(notJudged).map(({ source, all }) => undecided(source, all))];
}

function broken({ ask, rules, reasons, later, requirements }: CheckedRequest, source: RuleSource): Finding {
  const own = namesAt(source, rules);
  return {
    level: 'error',
    text: [
      ask,
      `Today this line decides ("${own.join('", "')}")${reasons.length > 0 ? `: ${some(reasons, '; ')}` : ''}.`,
      ...(later === undefined ? [] : [`Later: ${later}.`]),
      ...breaks(requirements),
    ].join(' '),
    ...{ requirements, source },
    stable: own.join(', '),
  };
}

function undecided(source: RuleSource, all: readonly NotJudged[]): Finding {
  const rules = new Set(all.flatMap((one) => namesAt(source, one.rules)));
  const hosts = new Set(all.flatMap(({ targets }) => targets.map(({ host, port }) => `${host}:${port}`)));
  const requirements = [...new Set(all.flatMap((one) => one.requirements))];
  const own = [...rules].join('", "');
  return {
    level: 'warning',
    text: [
      `Say in the site file what this line means: it may or may not be about ${some([...hosts], ', ')}.`,
      `Until then whether that is open is not judged ("${own}").`,
      ...breaks(requirements),
    ].join(' '),
    ...{ requirements, source },
    stable: own,
  };
}

/** The line, with all that hangs on it. */
function byLine(notJudged: readonly NotJudged[]): { source: RuleSource; all: NotJudged[] }[] {
  const lines = new Map<string, { source: RuleSource; all: NotJudged[] }>();
  for (const one of notJudged)
    for (const source of one.sources) {
      const known = lines.get(placeOf(source)) ?? { source, all: [] };
      lines.set(placeOf(source), known);
      known.all.push(one);
    }
  return [...lines.values()];
}

/** As names of rules end with it. */
function placeOf({ file, line }: RuleSource): string {
  return `(${file}:${line})`;
}

/** What the rules of a line are called, without the line. */
function namesAt(source: RuleSource, rules: readonly string[]): string[] {
  const place = placeOf(source);
  return rules.filter((rule) => rule.endsWith(place)).map((rule) => rule.slice(0, -place.length).trim());
}

function breaks(requirements: readonly string[]): string[] {
  return requirements.length === 0 ? [] : [`It is about ${some(requirements, ', ')}.`];
}

function some(texts: readonly string[], between: string): string {
  const rest = texts.length - most;
  return `${texts.slice(0, most).join(between)}${rest > 0 ? ` and ${rest} more` : ''}`;
}
