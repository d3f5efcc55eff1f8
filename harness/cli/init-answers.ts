import { createInterface, type Interface } from 'node:readline/promises';
import { problemsOf } from '../../model/site/read.js';
import type { SiteInput } from '../../model/site/schema.js';
import { type Answers, ciSystems } from './init-files.js';
import { UsageError } from './usage-error.js';

/** What was said on the command line. */
export interface Said {
  name?: string;
  server?: string[];
  proxy?: string;
  cloud?: Answers['cloud'];
  ci?: Answers['ci'];
  yes?: true;
  signal: AbortSignal;
}

/** One thing that is asked for: `option` says it on the command line. */
interface Question<T> {
  option: string;
  asked: string;
  /** Taken where nothing is answered. */
  otherwise: string;
  read(answer: string): T;
  /** Why an answer is none. */
  wrong(answer: T): string | undefined;
}

const wrongSite = (part: Partial<SiteInput>) => problemsOf({ site: 'x', ...part })[0]?.message;

const name: Question<string> = {
  option: '--name',
  asked: 'What is the site called',
  otherwise: 'Our network',
  read: String,
  wrong: (site) => wrongSite({ site }),
};

const servers: Question<string[]> = {
  option: '--server',
  asked: 'Servers with connectors',
  otherwise: 'app-proxy-01',
  read: (answer) => answer.split(/[\s,]+/).filter(Boolean),
  wrong: (names) => wrongSite({ servers: names.map((one) => ({ name: one })) }),
};

const proxy: Question<string> = {
  option: '--proxy',
  asked: 'Explicit proxy as host:port, or nothing',
  otherwise: '',
  read: String,
  wrong: (address) => (address === '' ? undefined : wrongSite({ proxy: { address } })),
};

const ci: Question<string> = {
  option: '--ci',
  asked: `Workflow for which CI: ${ciSystems.join(', ')}`,
  otherwise: 'github',
  read: (answer) => answer.toLowerCase(),
  wrong: (word) => (asCi(word) ? undefined : `"${word}" is none of ${ciSystems.join(', ')}`),
};

const asCi = (word: string) => ciSystems.find((one) => one === word);

/**
 * What was said, and answers to the rest where somebody can give them: a wrong one is asked for again.
 * @throws UsageError where what was said makes no site
 * @throws NoAnswerError
 */
export async function answersOf(said: Said): Promise<Answers> {
  const asks = !said.yes && process.stdin.isTTY && process.stdout.isTTY;
  using lines = asks ? new Lines(said.signal) : undefined;
  const of = async <T>(question: Question<T>, given: T | undefined) => {
    if (given !== undefined) return refuseWrong(question, given);
    return lines ? await lines.ask(question) : question.read(question.otherwise);
  };
  const answers = {
    name: await of(name, said.name),
    servers: await of(servers, said.server),
    cloud: said.cloud ?? ('public' as const),
  };
  const way = await of(proxy, said.proxy);
  return {
    ...answers,
    ...(way !== '' && { proxy: way }),
    ci: asCi(await of(ci, said.ci)) ?? 'none',
  };
}

/** @throws UsageError */
function refuseWrong<T>({ option, wrong }: Question<T>, given: T): T {
  const why = wrong(given);
  if (why !== undefined) throw new UsageError(`${option}: ${why}`);
  return given;
}

/** Whoever was asked does not want to answer any more. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Questions and answers on a terminal. */
class Lines {
  readonly #lines: Interface = createInterface({ input: process.stdin, output: process.stdout });

  constructor(private readonly signal: AbortSignal) {}

  /** @throws NoAnswerError */
  async ask<T>({ asked, otherwise, read, wrong }: Question<T>): Promise<T> {
    const shown = otherwise === '' ? '' : ` (${otherwise})`;
    for (;;) {
      const line = await this.#line(`${asked}${shown}: `);
      const answer = read(line.trim() || otherwise);
      const why = wrong(answer);
      if (why === undefined) return answer;
      process.stdout.write(`${why}\n`);
    }
  }

  async #line(question: string): Promise<string> {
    try {
      return await this.#lines.question(question, { signal: this.signal });
    } catch (error) {
      if (this.signal.aborted) throw error;
      // Ctrl-C and Ctrl-D come to the one who reads lines, and not as signals.
      process.stdout.write('\n');
      throw new NoAnswerError('nobody answers', { cause: error });
    }
  }

  [Symbol.dispose](): void {
    this.#lines.close();
  }
}
