import { printable } from '../../model/evidence/printable.js';
import type { RunResults } from '../../model/verdict/results.js';
import { casesOf } from '../contract/cases.js';
import { findingsOf } from '../contract/check-findings.js';
import { closingSentence } from '../contract/closing.js';

/** GitHub shows ten annotations of a kind for a step; the last of ours counts the rest. */
const most = 9;

/**
 * Workflow commands, one a line: an error for whatever makes the exit code 1, a warning for what
 * became slower, a notice for what was mended.
 */
export function githubAnnotations(results: RunResults): string[] {
  const { check } = results;
  const failed = casesOf(results).filter(({ status }) => status === 'failed' || status === 'missing');
  // The one case of a check would tell everything in one line.
  const errors =
    check && failed.length > 0
      ? findingsOf(check)
      : failed.map(({ id, message }) => ({ title: id, message }));
  const changes = results.baseline?.changes ?? [];
  const changed = (kind: string) => changes.filter(({ change }) => change === kind);
  return [
    ...limited('error', errors, closingSentence(results)),
    ...limited(
      'warning',
      changed('slower').map(({ scenario, now }) => ({ title: `${scenario} is slower`, message: now })),
    ),
    ...limited(
      'notice',
      changed('fixed').map(({ scenario, before = '' }) => ({
        title: `${scenario} passes`,
        message: `before: ${before}`,
      })),
    ),
  ];
}

interface Annotation {
  title: string;
  message: string;
}

function limited(level: string, all: readonly Annotation[], sentence = ''): string[] {
  const told = all.length > most + 1 ? all.slice(0, most) : all;
  const rest = all.length - told.length;
  const lines = told.map(({ title, message }) => line(level, title, message));
  if (rest === 0) return lines;
  return [...lines, line(level, `${rest} more`, `${sentence} The report and junit.xml have all.`.trim())];
}

/** Captured text must not end the command and begin another. */
function line(level: string, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  const shown = text.replace(/[^\r\n]+/g, printable);
  return shown.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
