import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type Duplex, PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { labelsFor } from '../labels.js';

export interface PythonOptions {
  docker: Docker;
  image: string;
  script: 'attack.py' | 'watch.py';
  told: unknown;
  /** The engine's name of it: `host`, `container:…`, or that of a network. */
  network: string;
  capabilities: string[];
}

/** A program beside this file, in a short-lived container of its own. */
export class Python implements AsyncDisposable {
  private constructor(
    private readonly container: Docker.Container,
    private readonly stream: Duplex,
    private readonly lines: AsyncIterator<string>,
    private readonly words: () => string,
  ) {}

  static async start({ docker, image, script, told, network, capabilities }: PythonOptions): Promise<Python> {
    const text = await readFile(new URL(script, import.meta.url), 'utf8');
    const container = await docker.createContainer({
      Image: image,
      Labels: labelsFor('attack'),
      Entrypoint: ['python3', '-c', text, JSON.stringify(told)],
      OpenStdin: true,
      StdinOnce: true,
      HostConfig: { NetworkMode: network, CapDrop: ['ALL'], CapAdd: capabilities },
    });
    const stream = await container.attach({
      ...{ stream: true, hijack: true, stdin: true, stdout: true, stderr: true },
    });
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    docker.modem.demuxStream(stream, stdout, stderr);
    stream.once('close', () => stdout.end());
    let words = '';
    stderr.on('data', (data) => {
      words += data;
    });
    await container.start();
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    return new Python(container, stream as Duplex, lines, () => words);
  }

  /** What it says on its next line, after it was told to go on, where it waits for that. */
  async says<T>(goOn?: string): Promise<T> {
    if (goOn !== undefined) this.stream.write(`${goOn}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`it ended: ${this.words()}`);
    return JSON.parse(value) as T;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.container.remove({ force: true });
  }
}
