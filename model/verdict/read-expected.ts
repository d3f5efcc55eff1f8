import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { upTo } from '../evidence/cut.js';
import { nearest } from '../requirements/nearest.js';
import { readText } from '../site/read-text.js';
import { tooMuchYaml } from '../site/yaml-bounds.js';
import { type ExpectedFailure, expectedFailureSchema } from './results.js';
import { ResultsFileError } from './results-file-error.js';

const entrySchema = z.strictObject({ scenario: z.string(), ...expectedFailureSchema.shape });

/** A line for each scenario of a large catalogue has a tenth of it. */
const kind = { is: 'a list of expected failures', ending: '.yaml', most: 4 };

/** What an entry has to say; a repeated key would be one more. */
const mostKeys = 3;
const example = 'a list of { scenario: <id>, reason: <why>, until: <yyyy-mm-dd> }';

/**
 * The failures that somebody declared, by scenario: a YAML list whose entries each name a scenario, a
 * reason and the last day. `known`: ids that exist, where the caller knows them all.
 * @throws ResultsFileError with file and line
 */
export async function readExpectedFailures(
  file: string,
  known?: readonly string[],
): Promise<ReadonlyMap<string, ExpectedFailure>> {
  const text = await readText(file, kind).catch((error: Error) => {
    throw new ResultsFileError(file, error.message, { cause: error });
  });
  const much = tooMuchYaml(text);
  if (much !== undefined) throw new ResultsFileError(file, much);
  const lines = new LineCounter();
  // With either the library goes over a long line, or over all keys, again and again.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [broken] = document.errors;
  if (broken)
    throw new ResultsFileError(file, firstLine(broken.message), { line: lines.linePos(broken.pos[0]).line });
  const list = document.contents;
  if (!isSeq(list)) throw new ResultsFileError(file, `expected ${example}`, { line: 1 });
  const expected = new Map<string, ExpectedFailure>();
  for (const item of list.items) {
    const line = isMap(item) && item.range ? lines.linePos(item.range[0]).line : undefined;
    const refuse = (problem: string) => new ResultsFileError(file, problem, { line });
    if (isMap(item) && item.items.length > mostKeys) throw refuse(`a key too many; expected ${example}`);
    const entry = entrySchema.safeParse(isMap(item) ? item.toJS(document) : item);
    if (!entry.success) {
      const [issue] = entry.error.issues;
      throw refuse(`${issue?.path.join('.') || 'entry'}: ${issue?.message}; expected ${example}`);
    }
    const { scenario, reason, until } = entry.data;
    if (expected.has(scenario)) throw refuse(`${scenario} is declared twice`);
    if (known && !known.includes(scenario)) {
      const near = nearest(scenario, known);
      throw refuse(`no scenario is called ${scenario}${near ? `; did you mean ${near}?` : ''}`);
    }
    expected.set(scenario, { reason, until });
  }
  return expected;
}

function firstLine(text: string): string {
  return upTo(' at line ', upTo('\n', text));
}
