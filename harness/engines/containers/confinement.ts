import type { HostConfig } from 'dockerode';
import { captureFolder } from '../../../docker/agent/capture.js';
import { addressPlan } from '../../../model/site/address-plan.js';

export const roleNames = [
  'gateway',
  'cloud',
  'server',
  'applications',
  'users',
  'proxy',
  'guest',
  'switch',
] as const;
export type RoleName = (typeof roleNames)[number];

type Capability = 'CHOWN' | 'DAC_OVERRIDE' | 'KILL' | 'NET_ADMIN' | 'NET_RAW' | 'SETGID' | 'SETUID';
type Reasons = Partial<Record<Capability, string>>;

const ownNetwork: Reasons = {
  NET_ADMIN: 'addresses, routes and rules of its own network namespace, and to end and forget connections',
};
const tcpdumpsAccount: Reasons = {
  SETUID: 'tcpdump, which hears the firewall’s log, becomes an account of its own',
  SETGID: 'the same for its groups',
};

/** What each role may do beyond a plain process, and why; everything else is dropped. Nobody sends raw frames. */
export const capabilities: Readonly<Record<RoleName, Reasons>> = {
  server: {
    ...ownNetwork,
    ...tcpdumpsAccount,
    SETUID: 'connections belong to the accounts of Windows services; tcpdump becomes an account of its own',
  },
  gateway: {
    ...ownNetwork,
    SETUID: 'dnsmasq, squid, mitmproxy and tcpdump become accounts of their own',
    SETGID: 'the same for their groups',
    KILL: 'to end them then',
    CHOWN: 'to give them their files',
    DAC_OVERRIDE: 'to remove their files',
  },
  proxy: {
    ...ownNetwork,
    SETUID: 'squid and tcpdump become accounts of their own',
    SETGID: 'the same for their groups',
    KILL: 'to end them then',
    CHOWN: 'to give squid its files',
    DAC_OVERRIDE: 'to remove squid’s files',
  },
  cloud: ownNetwork,
  applications: ownNetwork,
  users: ownNetwork,
  guest: ownNetwork,
  switch: { NET_ADMIN: 'bridges in its own network namespace, and the wires from there into the machines' },
};

/** With `--pcap`, on every machine besides. */
export const captureCapabilities: Reasons = {
  NET_RAW: 'tcpdump sees every packet',
  SETUID: 'tcpdump becomes an account of its own',
  SETGID: 'the same for its groups',
  KILL: 'to end it then',
};

/** Places that can be written, in memory, with their options; everything else of the image cannot. */
export const writable: Readonly<Record<string, string>> = {
  '/run': 'rw,noexec,nosuid,nodev,size=64m,mode=755',
  '/tmp': 'rw,noexec,nosuid,nodev,size=64m,mode=1777',
};
const captured: Readonly<Record<string, string>> = {
  [captureFolder]: 'rw,noexec,nosuid,nodev,size=512m,mode=755',
};

/** Roles whose image can be written, and why. It is thrown away with the container. */
export const writableRoot: Partial<Record<RoleName, string>> = {
  server:
    'its hosts file is the one that the C library reads, and with the image that would be read-only too',
};

const mebibyte = 1024 * 1024;
/** What every container of a lab is kept in, whatever it is for. */
const limits = {
  AutoRemove: true,
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges'],
  // What it says goes to the harness, and into no file.
  LogConfig: { Type: 'none', Config: {} },
  Memory: 768 * mebibyte,
  MemorySwap: 768 * mebibyte,
  PidsLimit: 256,
  ShmSize: 128 * mebibyte,
  Ulimits: [{ Name: 'nofile', Soft: 8192, Hard: 8192 }],
} satisfies HostConfig;

/**
 * The same of an image that people bring along: it has no right at all, and the network of the guest's machine.
 * It may write its own files, as images expect.
 */
export function confinementOfGuest(machine: string): HostConfig {
  return { ...structuredClone(limits), CapAdd: [], NetworkMode: `container:${machine}` };
}

/** The same of a container that is there for what the engine sets in its network, and ends at once. */
export function confinementOfErrand(machine: string): HostConfig {
  return { ...confinementOfGuest(machine), ReadonlyRootfs: true };
}

/** Whether IPv6 is off at an interface, or at those to come: 1 or 0. */
export function ipv6Sysctl(at: 'all' | 'inside'): string {
  return `net.ipv6.conf.${at}.disable_ipv6`;
}

/** What the engine is told to keep a container in. `captures`: packets and TLS keys can be captured. */
export function confinementOf(role: RoleName, { captures }: { captures: boolean }): HostConfig {
  const granted = { ...capabilities[role], ...(captures && role !== 'switch' && captureCapabilities) };
  return {
    ...structuredClone(limits),
    CapAdd: Object.keys(granted),
    // The engine gives it no interface: what it has it gets from the lab's switch, which finds it by its process.
    NetworkMode: 'none',
    // An engine that gives containers other users' numbers than the host's knows processes by those otherwise.
    ...(role === 'switch' && { PidMode: 'host', UsernsMode: 'host' }),
    ReadonlyRootfs: !(role in writableRoot),
    Tmpfs: { ...writable, ...(captures && captured) },
    // An inspector on the gateway dials by name, and so does a guest; the others' systems have nobody to ask.
    Dns: [role === 'gateway' || role === 'guest' ? addressPlan.resolver : '127.0.0.1'],
    DnsSearch: ['.'],
    Sysctls: sysctlsOf(role),
  };
}

function sysctlsOf(role: RoleName): Record<string, string> {
  return {
    'net.ipv4.ip_forward': role === 'gateway' ? '1' : '0',
    'net.ipv4.conf.all.rp_filter': '0',
    'net.ipv4.conf.default.rp_filter': '0',
    // The link's relay hands the gateway back what it sent.
    'net.ipv4.conf.all.accept_local': '1',
    // A firewall answers everything that it refuses; the kernel's own measure is once in a second.
    'net.ipv4.icmp_ratelimit': '0',
    // No program needs a right to listen on a low port.
    'net.ipv4.ip_unprivileged_port_start': '0',
    // Switched on for the few that need it: switch-ipv6.ts. Nobody hands it on.
    [ipv6Sysctl('all')]: '1',
    'net.ipv6.conf.all.forwarding': '0',
    // Packets are counted, so that idle connections show; a forgotten connection stays forgotten.
    'net.netfilter.nf_conntrack_acct': '1',
    'net.netfilter.nf_conntrack_tcp_loose': '0',
  };
}
