import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Docker from 'dockerode';
import { ensureImage } from '../../docker/images.js';

/** A container engine of this command's own, which may be ended: nothing else on this computer uses it. */
export class OwnEngine implements AsyncDisposable {
  readonly host: string;
  readonly docker: Docker;
  #process: ChildProcess | undefined;

  private constructor(private readonly folder: string) {
    const socketPath = join(folder, 'docker.sock');
    this.host = `unix://${socketPath}`;
    this.docker = new Docker({ socketPath });
  }

  /** With the image of labs, as the engine of this computer has it. @throws Error in words */
  static async start(folder: string, usual: Docker): Promise<OwnEngine> {
    await mkdir(folder, { recursive: true });
    const engine = new OwnEngine(folder);
    await engine.up();
    const image = await ensureImage(usual, (text) => process.stderr.write(`${text}\n`));
    const load = `docker save ${image} | docker --host ${engine.host} load`;
    const { status, stderr } = spawnSync('sh', ['-c', load], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the image of labs could not be taken over: ${stderr}`);
    return engine;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Makes it go: starts it where it was ended, continues it where it was stopped. */
  async up(): Promise<void> {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) this.#process.kill('SIGCONT');
    else this.#process = this.#start();
    for (let tries = 0; tries < 600; tries++) {
      if (this.#process.exitCode !== null) break;
      if (
        await this.docker.ping().then(
          () => true,
          () => false,
        )
      )
        return;
      await setTimeout(200);
    }
    throw new Error(`the engine does not answer; its log is ${join(this.folder, 'log')}`);
  }

  #start(): ChildProcess {
    const log = openSync(join(this.folder, 'log'), 'a');
    const places = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' };
    const own = Object.entries(places).map(([option, name]) => `--${option}=${join(this.folder, name)}`);
    // Nothing of it leaves.
    const sealed = ['--iptables=false', '--ip-masq=false', '--ip-forward=false'];
    // Its bridge is another one than docker0 of this computer only in a network of its own.
    return spawn('unshare', ['--net', '/usr/sbin/dockerd', `--host=${this.host}`, ...own, ...sealed], {
      stdio: ['ignore', log, log],
      detached: true,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.up();
    const left = await this.docker.listContainers({ all: true });
    await Promise.all(left.map(({ Id }) => this.docker.getContainer(Id).remove({ force: true })));
    const ended = this.#process && once(this.#process, 'exit');
    this.#process?.kill('SIGTERM');
    await ended;
    await this.#endContainerd();
    // An engine mounts its data upon itself.
    spawnSync('umount', [join(this.folder, 'data')], { stdio: 'ignore' });
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** It ends with its engine, unless that was killed and another one found it. */
  async #endContainerd(): Promise<void> {
    const file = join(this.folder, 'exec/containerd/containerd.pid');
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    const commandLine = pid > 0 ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
    if (commandLine.includes(this.folder)) process.kill(pid, 'SIGTERM');
  }
}
