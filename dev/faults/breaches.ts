import { mostOfMessage } from '../../model/evidence/short-text.js';
import type { RunResults } from '../../model/verdict/results.js';
import type { End } from './fault.js';
import type { Ended } from './started-run.js';

/** What is known of a run to which something happened, after the next command. */
export interface Aftermath {
  end: End;
  /** Something was struck, or it ran under the fault from its start. */
  struck: boolean;
  ended: Ended;
  /** What it said. */
  stdout: string;
  stderr: string;
  /** The run wrote them itself. */
  byRun: boolean;
  /** Undefined where there are none, also after the next command. */
  results?: RunResults;
  /** The exit code that its results mean. */
  meant?: number;
  /** What the next commands said, and how they ended. */
  next: readonly { command: string; code: number; stderr: string }[];
  /** Containers, networks, files, processes that are still there. */
  left: readonly string[];
}

/** A scenario that the run said had finished. */
export interface Finished {
  id: string;
  passed: boolean;
}

/** Scenarios of which a line of progress tells the end. */
export function finishedIn(stderr: string): Finished[] {
  return [...stderr.matchAll(/^([✓✗–~]) (.+) \d+ ms$/gmu)].map(([, mark, id = '']) => ({
    id,
    passed: mark === '✓',
  }));
}

/** What must not be, in words; none: all is well. */
export function breachesOf(found: Aftermath): string[] {
  return [
    ...found.left.map((one) => `left over: ${one}`),
    ...accusations(found),
    ...lost(found),
    // What ends a process for want of heap is Node.js, which says so in its own way.
    ...badWords(found.ended.code === byHeap ? found.stderr.split('<--- Last few GCs')[0] : found.stderr),
    ...badWords(found.stdout),
    ...found.next.flatMap(({ command, stderr }) => badWords(stderr).map((breach) => `${command}: ${breach}`)),
    ...wrongEnd(found),
  ];
}

/** Nothing of the catalogue fails by itself: whatever is said to be broken is so by the fault. */
function accusations({ results }: Aftermath): string[] {
  const broken = results?.requirements.filter(({ verdict }) => verdict === 'broken') ?? [];
  const failed = results?.scenarios.filter(({ outcome, labFailed }) => outcome === 'failed' && !labFailed);
  return [
    ...broken.map(({ id }) => `${id} is said to be broken`),
    ...(failed ?? []).map(({ id, reason }) => `${id} is said to have failed: ${reason}`),
  ];
}

function lost({ stderr, results }: Aftermath): string[] {
  const finished = finishedIn(stderr);
  if (!results) return finished.map(({ id }) => `${id} had finished, and is not reported`);
  const reported = new Map(results.scenarios.map(({ id, outcome }) => [id, outcome === 'passed']));
  const { missing } = results;
  const rest = missing ? [...missing.underWay, ...missing.notStarted] : [];
  return [
    ...finished
      .filter(({ id, passed }) => reported.get(id) !== passed)
      .map(({ id }) => `${id} had finished, and is not reported so`),
    ...rest.filter((id) => reported.has(id)).map((id) => `${id} is reported, and said not to have ended`),
  ];
}

function badWords(text = ''): string[] {
  const longest = Math.max(...text.split('\n').map((line) => Buffer.byteLength(line)));
  return [
    ...(/^\s+at .+[:(<]/m.test(text) ? ['a stack trace'] : []),
    ...(/Native stack trace|Last few GCs|^\s*\d+: 0x/m.test(text) ? ['a trace of V8'] : []),
    ...(text.includes('something went wrong that should not') ? [`said: ${text.trim().slice(-300)}`] : []),
    ...(longest > mostOfMessage ? [`a line of ${longest} bytes`] : []),
  ];
}

const byHeap = 134;
const killed = 137;

function wrongEnd({ end, struck, ended, results, byRun, meant, stderr, next }: Aftermath): string[] {
  const wrong = (why: string) => [`exit code ${ended.code}: ${why}`];
  // A run that was ended before it wrote anything leaves nothing to report.
  const wrongNext = next.filter(({ command, code }) =>
    command === 'report' ? results && code !== meant : code !== 0,
  );
  if (wrongNext.length > 0) return wrongNext.map(({ command, code }) => `${command}: exit code ${code}`);
  // Killed behind its last word, it leaves results, and no exit code of its own.
  const isKilled = struck && end === 'killed' && ended.code === killed;
  if (byRun && ended.code !== meant && !isKilled) return wrong(`its results mean ${meant}`);
  const all = results?.scenarios.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped');
  const whole = byRun && !results?.partial;
  if (!struck || end === 'unharmed')
    return whole && all ? [] : wrong(`nothing should have happened to it: ${stderr.trim().slice(-300)}`);
  switch (end) {
    case 'killed':
      return ended.code === killed ? [] : wrong('it was killed');
    case 'lab-fails':
      return whole ? [] : wrong('it should have gone on');
    case 'interrupted':
      return whole || ended.code === 130 ? [] : wrong('it was interrupted');
    case 'engine-gone':
      return whole || ended.code === 3 ? [] : wrong('its engine had gone');
    case 'starved':
      return byRun || ended.code === byHeap || (ended.code > 0 && ended.code < 4 && stderr.trim() !== '')
        ? []
        : wrong('it should have gone on, or said why not');
  }
}
