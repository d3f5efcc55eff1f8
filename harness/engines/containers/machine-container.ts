import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import { GenericContainer } from 'testcontainers';
import { tlsKeyFile } from '../../../docker/agent/capture.js';
import { Caller, type Notice } from '../../../docker/agent/channel.js';
import type { Done, Errand } from '../engine.js';
import { confinementOf, type RoleName } from './confinement.js';
import { runErrand } from './errand.js';
import { keptName } from './labels.js';
import { removeContainer } from './remove.js';

export interface MachineOptions {
  docker: Docker;
  image: string;
  role: RoleName;
  /** Name of the container, and of the machine in errors. */
  name: string;
  labels: Record<string, string>;
  /** Packets and TLS keys can be captured. */
  captures: boolean;
  onNotice(notice: Notice): void;
  /** Its container ended, and nobody had asked for that. */
  onDeath(error: Error): void;
}

/** testcontainers' container with what a lab needs besides: standard input, and no network. */
class LabContainer extends GenericContainer {
  attached: Duplex | undefined;
  /** Of the container, as soon as there is one. */
  id: string | undefined;

  constructor(private readonly options: MachineOptions) {
    super(options.image);
    const { role, captures } = options;
    this.autoCleanup = false;
    Object.assign(this.createOpts, {
      Cmd: [role],
      Hostname: role,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
    });
    Object.assign(this.hostConfig, confinementOf(role, options));
    // It is not the first process there, so it has nobody's children to collect.
    if (role === 'switch') this.withEntrypoint(['node', '/opt/lab/agent.mjs']);
    this.networkMode = 'none';
    this.withName(options.name).withLabels(options.labels);
    if (captures) this.withEnvironment({ NODE_OPTIONS: `--tls-keylog=${tlsKeyFile}` });
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.id = id;
    this.attached = (await this.options.docker
      .getContainer(id)
      .attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true })) as Duplex;
  }
}

/** One running machine of a lab, with its control plane. */
export class MachineContainer {
  private constructor(
    readonly name: string,
    readonly id: string,
    /** Of its first process, as the engine's host counts them. */
    readonly pid: number,
    readonly caller: Caller,
    private readonly docker: Docker,
  ) {}

  /** Leaves no container behind where it fails. */
  static async start(options: MachineOptions): Promise<MachineContainer> {
    const container = new LabContainer(options);
    try {
      return await MachineContainer.#start(container, options);
    } catch (error) {
      if (container.id) await removeContainer(options.docker, container.id);
      throw error;
    }
  }

  static async #start(container: LabContainer, options: MachineOptions): Promise<MachineContainer> {
    const started = await container.start();
    const { docker, name } = options;
    const stream = container.attached;
    if (!stream) throw new Error(`${name}: the engine gave no stream to attach to`);
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    docker.modem.demuxStream(stream, stdout, stderr);
    stream.once('close', () => stdout.end());
    let words = '';
    stderr.on('data', (data) => {
      words = `${words}${data}`.slice(-4000);
    });
    const die = async () => {
      const how = await howItEnded(docker.getContainer(started.getId()));
      const said = `${how}${lastWords(words)}`;
      const error = new Error(`the container of ${name} ended in the middle of its work${said}`);
      caller.end(error);
      options.onDeath(error);
    };
    const caller: Caller = new Caller(name, stdout, stream, options.onNotice, () => {
      if (!caller.ended) void die();
    });
    const { State } = await docker.getContainer(started.getId()).inspect();
    return new MachineContainer(name, started.getId(), State.Pid, caller, docker);
  }

  run(errand: Errand, userId: number): Promise<Done> {
    return runErrand(this.docker, this.id, errand, userId);
  }

  /** Lets go of the container, which goes on under another name. Returns the name. */
  async keep(): Promise<string> {
    this.caller.end(new Error(`the container of ${this.name} is kept, and works no more`));
    const kept = keptName(this.name);
    await this.docker.getContainer(this.id).rename({ name: kept });
    return kept;
  }

  async remove(): Promise<void> {
    this.caller.end(new Error(`the container of ${this.name} was removed`));
    await removeContainer(this.docker, this.id);
  }
}

/** An engine that has not said by then how a container ended is not waited for, milliseconds. */
const patienceMs = 60_000;

/** Exit code and reason of a container that is ending, as the engine knows them. */
async function howItEnded(container: Docker.Container): Promise<string> {
  const over = new AbortController();
  const silence = setTimeout(patienceMs, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error('the engine does not say');
  });
  silence.catch(() => {});
  try {
    await Promise.race([container.wait(), silence]);
    const { ExitCode, OOMKilled } = (await container.inspect()).State;
    // 128 and the signal, as a shell says it.
    const why = OOMKilled ? ', out of memory' : ExitCode === 137 ? ', killed' : '';
    return ` (exit code ${ExitCode}${why})`;
  } catch (error) {
    return ` (how is not known: ${(error as Error).message})`;
  } finally {
    over.abort();
  }
}

/** So many lines of what it wrote are told. */
const mostLines = 5;

/** What a program said before its end: the error, where Node.js wrote one with its stack and its version. */
function lastWords(words: string): string {
  const lines = words
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return '';
  const error = lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line));
  return `: ${error ?? lines.slice(-mostLines).join(' / ')}`;
}
