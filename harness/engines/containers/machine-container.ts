import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { GenericContainer } from 'testcontainers';
import { tlsKeyFile } from '../../../docker/agent/capture.js';
import { Caller, type Notice } from '../../../docker/agent/channel.js';
import { keptName } from './labels.js';
import { removeContainer } from './remove.js';

export const roleNames = ['gateway', 'cloud', 'server', 'applications', 'users', 'proxy', 'switch'] as const;
export type RoleName = (typeof roleNames)[number];

/** What each role may do beyond a plain process; everything else is dropped. */
const capabilities: Readonly<Record<RoleName, readonly string[]>> = {
  // Its firewall, its sensor, the accounts that its processes become, and applications of its own.
  server: ['NET_ADMIN', 'NET_RAW', 'NET_BIND_SERVICE', 'SETUID', 'SETGID', 'KILL'],
  gateway: ['NET_ADMIN', 'NET_RAW', 'NET_BIND_SERVICE', 'SETUID', 'SETGID', 'CHOWN', 'DAC_OVERRIDE'],
  proxy: ['NET_ADMIN', 'NET_RAW', 'SETUID', 'SETGID', 'CHOWN', 'DAC_OVERRIDE', 'KILL'],
  cloud: ['NET_ADMIN', 'NET_BIND_SERVICE'],
  applications: ['NET_ADMIN', 'NET_BIND_SERVICE'],
  users: ['NET_ADMIN'],
  // Bridges of its own, and wires into the machines.
  switch: ['NET_ADMIN'],
};

/** To let tcpdump see packets and become an account of its own, and to end it then. */
const captureCapabilities = ['NET_RAW', 'SETUID', 'SETGID', 'KILL'];

const mebibyte = 1024 * 1024;

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
    Object.assign(this.hostConfig, {
      AutoRemove: true,
      CapDrop: ['ALL'],
      CapAdd: [...new Set([...capabilities[role], ...(captures ? captureCapabilities : [])])],
      SecurityOpt: ['no-new-privileges'],
      Memory: 768 * mebibyte,
      MemorySwap: 768 * mebibyte,
      PidsLimit: 256,
      ShmSize: 128 * mebibyte,
      Ulimits: [{ Name: 'nofile', Soft: 8192, Hard: 8192 }],
      Sysctls: {
        'net.ipv4.ip_forward': role === 'gateway' ? '1' : '0',
        'net.ipv4.conf.all.rp_filter': '0',
        'net.ipv4.conf.default.rp_filter': '0',
        // The link's relay hands the gateway back what it sent.
        'net.ipv4.conf.all.accept_local': '1',
        // A firewall answers everything that it refuses; the kernel's own measure is once in a second.
        'net.ipv4.icmp_ratelimit': '0',
        'net.ipv4.ip_unprivileged_port_start': '0',
        'net.ipv6.conf.all.disable_ipv6': '1',
        // Packets are counted, so that idle connections show; a forgotten connection stays forgotten.
        'net.netfilter.nf_conntrack_acct': '1',
        'net.netfilter.nf_conntrack_tcp_loose': '0',
      },
    });
    // The engine gives it no interface: what it has it gets from the lab's switch, which finds it by its process.
    this.networkMode = 'none';
    if (role === 'switch') this.hostConfig.PidMode = 'host';
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
    const caller: Caller = new Caller(name, stdout, stream, options.onNotice, () => {
      if (caller.ended) return;
      const why = words.trim() ? `: ${words.trim().split('\n').at(-1)}` : ' (killed, or out of memory)';
      const error = new Error(`the container of ${name} ended in the middle of its work${why}`);
      caller.end(error);
      options.onDeath(error);
    });
    const { State } = await docker.getContainer(started.getId()).inspect();
    return new MachineContainer(name, started.getId(), State.Pid, caller, docker);
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
