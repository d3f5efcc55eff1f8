import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Evaluate, FromGuest, GuestData } from './guest.js';
import { PacError } from './pac-error.js';
import { sandboxFiles } from './sandbox-files.js';

/** What no file of a thousand times the usual size takes. Milliseconds. */
const deadlineMs = 10_000;
/** The same of a computer so busy that the thread hardly ran. Milliseconds. */
const busyDeadlineMs = 60_000;
/** Looks before the thread that asks goes to sleep, a fifth of a millisecond: most answers take less than it takes to wake it. */
const looks = 20_000;

type Question = Required<Evaluate>;

interface Thread {
  worker: Worker;
  port: MessagePort;
  signal: Int32Array;
  /** The file of the last question: it is not sent twice. */
  text?: string;
}

/**
 * Where PAC files run: a thread that has no environment, in it a JavaScript engine in WebAssembly. Whoever
 * asks waits, so that an answer is a value like any other. A native loop hears no interruption of the engine:
 * the clock ends the thread, and the next question begins another.
 */
class Sandbox {
  #thread: Thread | undefined;

  /** @throws PacError */
  ask(question: Question, resolve: (name: string) => string | null): string {
    const thread = this.#started();
    const { port, signal } = thread;
    const { text, ...others } = question;
    const asked = stopwatch();
    let seen = Atomics.load(signal, 0);
    tell(thread, thread.text === text ? others : question);
    thread.text = text;
    for (;;) {
      for (let look = 0; look < looks && Atomics.load(signal, 0) === seen; look++);
      const isSilent = Atomics.wait(signal, 0, seen, 1000) === 'timed-out';
      if (isOver(asked())) {
        this.#end();
        throw new PacError('does not come to an end');
      }
      if (isSilent) continue;
      seen = Atomics.load(signal, 0);
      const said = receiveMessageOnPort(port)?.message as FromGuest | undefined;
      if (!said) continue;
      if ('answer' in said) return said.answer;
      if ('failed' in said) throw new PacError(said.failed, said.where);
      tell(thread, resolve(said.resolve));
    }
  }

  #started(): Thread {
    this.#thread ??= startThread();
    return this.#thread;
  }

  #end(): void {
    void this.#thread?.worker.terminate();
    this.#thread = undefined;
  }
}

/** Milliseconds since now, by the clock, and of processors' time: who waits takes none of it. */
function stopwatch(): () => { elapsed: number; used: number } {
  const began = performance.now();
  const usage = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(usage);
    return { elapsed: performance.now() - began, used: (user + system) / 1000 };
  };
}

function isOver({ elapsed, used }: { elapsed: number; used: number }): boolean {
  return elapsed >= busyDeadlineMs || (elapsed >= deadlineMs && used >= deadlineMs / 2);
}

function tell({ port, signal }: Thread, message: Evaluate | string | null): void {
  port.postMessage(message);
  Atomics.add(signal, 1, 1);
  Atomics.notify(signal, 1);
}

function startThread(): Thread {
  const { engine, guest, ...files } = sandboxFiles();
  const { port1: port, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const data: GuestData = { ...files, port: port2, signal };
  // Compilers wrap functions in a call of `__name`, to keep what they are called.
  const source = `
    const threads = require('node:worker_threads');
    const __name = (one) => one;
    const { port, signal } = threads.workerData;
    import(${JSON.stringify(engine)}).then((quickjs) => (${guest})(quickjs, threads, threads.workerData)).catch((error) => {
      port.postMessage({ failed: 'could not be asked: ' + error.message });
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
  `;
  const worker = new Worker(source, {
    ...{ eval: true, env: {}, execArgv: [], argv: [], workerData: data, transferList: [port2] },
    ...{ stdin: false, stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  // Whatever becomes of it is told by an answer that does not come.
  worker.on('error', () => {});
  worker.unref();
  port.unref();
  return { worker, port, signal };
}

const sandbox = new Sandbox();

/** What a PAC file answers, as text. @throws PacError */
export function evaluate(question: Question, resolve: (name: string) => string | null): string {
  return sandbox.ask(question, resolve);
}
