import pc from 'picocolors';
import { printable } from '../../model/evidence/printable.js';
import type { Phase } from '../../model/evidence/vocabulary.js';
import { stepInWords } from '../../model/scenario/step.js';
import type { ScenarioResults } from '../../model/verdict/results.js';
import type { StepBegun } from '../run/play.js';
import type { Progress } from '../run/run.js';

const marks: Record<ScenarioResults['outcome'], string> = {
  passed: pc.green('✓'),
  failed: pc.red('✗'),
  skipped: pc.yellow('–'),
  flaky: pc.yellow('~'),
};

const phaseWords: Record<Phase, string> = {
  control: 'a network as documented',
  change: 'the network of the site',
  restore: 'a network as documented again',
};

/** Live progress on standard error: a line per scenario or phase, and on a terminal a status line below. */
export class ProgressLines {
  #phase?: Phase;
  readonly #running = new Map<string, string>();
  readonly #started = performance.now();
  readonly #live = process.stderr.isTTY && !process.env.CI;

  show(progress: Progress): void {
    const { repetition } = progress;
    const id = `${progress.scenario.id}${repetition === undefined ? '' : ` no. ${repetition}`}`;
    if (progress.kind === 'started') {
      this.#running.set(id, id);
      this.#status(progress, this.#underWay());
      return;
    }
    this.#running.delete(id);
    const { outcome = 'passed', durationMs = 0, reason } = progress;
    const why = reason ? `\n    ${printable(reason)}` : '';
    this.#write(`${marks[outcome]} ${id} ${pc.dim(`${durationMs} ms`)}${why}\n`);
    this.#status(progress, this.#underWay());
  }

  /** A step of the one scenario that there is. */
  step({ phase, step, ...counted }: StepBegun): void {
    if (phase !== this.#phase) this.#write(`  through ${phaseWords[phase]} …\n`);
    this.#phase = phase;
    this.#status(counted, stepInWords(step));
  }

  /** Something to know, between the lines. */
  note(text: string): void {
    this.#write(`${text}\n`);
  }

  /** Removes the status line. */
  end(): void {
    if (this.#live) process.stderr.write('\r\x1b[K');
  }

  #write(text: string): void {
    process.stderr.write(this.#live ? `\r\x1b[K${text}` : text);
  }

  #underWay(): string {
    return [...this.#running.keys()].join('  ');
  }

  #status({ done, total }: Pick<Progress, 'done' | 'total'>, what: string): void {
    if (!this.#live) return;
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(0);
    const width = (process.stderr.columns || 80) - 1;
    const text = `${done}/${total}  ${seconds} s  ${printable(what)}`;
    process.stderr.write(`\r\x1b[K${pc.dim(text.slice(0, width))}`);
  }
}
