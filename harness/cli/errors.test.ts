import { describe, expect, it, vi } from 'vitest';
import { NoEngineError } from '../engines/engine.js';
import { OutputError } from '../run/output-error.js';
import { report } from './errors.js';

function told(error: unknown, signal: AbortSignal) {
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    return { code: report(error, signal), said: write.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    write.mockRestore();
  }
}

describe('an error after Ctrl-C', () => {
  const reason = new Error('interrupted');
  const interrupted = AbortSignal.abort(reason);

  it('is told where it is another than the interruption: what had finished may not be written', () => {
    const full = new OutputError('out/events.jsonl', Object.assign(new Error(), { code: 'ENOSPC' }));
    expect(told(full, interrupted)).toEqual({ code: 130, said: expect.stringContaining('the disk is full') });
    expect(told(full, new AbortController().signal).code).toBe(2);
  });

  it('is not told where it is the interruption itself, or follows from it', () => {
    for (const error of [reason, new Error('x', { cause: reason }), new NoEngineError('gone')])
      expect(told(error, interrupted)).toEqual({ code: 130, said: '' });
  });
});

it('too few files that may be open are somebody’s to mend, and no defect', () => {
  const error = Object.assign(new Error("EMFILE: too many open files, open '/a'"), { code: 'EMFILE' });
  expect(told(error, new AbortController().signal)).toEqual({
    code: 2,
    said: 'too few files may be open at a time: raise the limit (ulimit -n 1024), then run again\n',
  });
});

it('a folder that was taken away under a command is told', () => {
  const gone = { code: 'ENOENT', syscall: 'uv_cwd' };
  const error = Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), gone);
  expect(told(error, new AbortController().signal)).toEqual({
    code: 2,
    said: 'the folder that this was started in is not there any more: go to another one\n',
  });
});
