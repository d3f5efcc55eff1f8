import { expect, it } from 'vitest';
import { asResultsFileError, ResultsFileError } from './results-file-error.js';

it('names the file, and the line where one is wrong', () => {
  expect(new ResultsFileError('events.jsonl', 'is cut', { line: 3 })).toMatchObject({
    ...{ message: 'events.jsonl:3: is cut', name: 'ResultsFileError', line: 3, file: 'events.jsonl' },
  });
  const whole = new ResultsFileError('events.jsonl', 'is cut');
  expect(whole.message).toBe('events.jsonl: is cut');
  expect(whole.line).toBeUndefined();
});

it.each([
  ['ENOENT', 'f: there are no results yet; connector-lab run writes them'],
  ['ENOTDIR', 'f: there are no results yet; connector-lab run writes them'],
  ['EISDIR', 'f: is a folder; name the results.json in it'],
  ['EACCES', 'f: not allowed'],
])('says what %s means', (code, message) => {
  const cause = Object.assign(new Error('not allowed'), { code });
  expect(asResultsFileError('f', cause)).toMatchObject({ message, cause });
});

it('passes on what is no error of the system', () => {
  expect(asResultsFileError('f', new Error('odd')).message).toBe('f: odd');
  expect(asResultsFileError('f', 'odd').message).toBe('f: odd');
});
