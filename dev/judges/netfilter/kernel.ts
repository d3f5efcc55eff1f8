import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { known } from './drawn.js';
import { ipsets } from './ipsets.js';
import type { Side } from './iptables-saves.js';

/** Rules that are loaded into the kernel as they are. */
export interface Ruleset {
  format: 'iptables' | 'nftables';
  text: string;
  /** In which other form the kernel's programs are to print them. */
  form?: 'save' | 'list' | 'json';
  /** They throw away all that was there. */
  flushes?: true;
}

/** Rule sets of one machine, asked the same: one behind the other, each in the place of the one before. */
export interface Group {
  side: Side;
  rulesets: readonly Ruleset[];
  flows: readonly { address: string; port: number }[];
}

const answerSchema = z.object({
  /** Why the kernel did not take them. */
  refused: z.string().optional(),
  printed: z.string().optional(),
  /** What became of the first packet of each flow. */
  actions: z.array(z.enum(['allow', 'drop', 'reject', 'reset'])).optional(),
  /** What the client's program saw of it: `connected`, `waiting`, or its error. */
  outcomes: z.array(z.string()).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

const unshare = process.getuid?.() === 0 ? ['--net'] : ['--net', '--map-root-user'];
const succeeds = (input: string, ...args: string[]) =>
  spawnSync('unshare', [...unshare, ...args], { input }).status === 0;

/** Why the kernel cannot be asked; undefined: it can. */
export const whyNot = succeeds(
  '*filter\n:FORWARD DROP [0:0]\n-A FORWARD -m conntrack --ctstate NEW -j ACCEPT\nCOMMIT\n',
  'sh',
  '-ec',
  'echo 1 > /proc/sys/net/ipv4/ip_forward && ip link && taskset -V && nft list ruleset && iptables-restore',
)
  ? undefined
  : 'no network namespaces with nft and iptables-restore, to compare imports with the kernel';
/** The kernel's sets of addresses have a program of their own. */
export const hasSets = whyNot === undefined && succeeds(ipsets, 'ipset', 'restore');

/** Tables of which a text says nothing hold what the text before said. */
function withEmptyTables(text: string): string {
  const missing = ['filter', 'mangle', 'nat', 'raw', 'security'].filter(
    (table) => !text.includes(`*${table}\n`),
  );
  return `${text}${missing.map((table) => `*${table}\nCOMMIT\n`).join('')}`;
}

/** Tables of the rule sets that are drawn, so that the next finds none of them. */
const drawnTables = ['ip fw', 'inet fw', 'ip nat', 'inet late', 'ip raw', 'ip late'];

function loading({ format, text, form, flushes }: Ruleset) {
  if (format === 'iptables')
    return { program: ['iptables-restore'], input: flushes ? text : withEmptyTables(text), form, flushes };
  const gone = drawnTables.map((table) => `table ${table} {}\ndelete table ${table}\n`).join('');
  return { program: ['nft', '-f', '-'], input: flushes ? text : `${gone}${text}`, form, flushes };
}

/** Asks the kernel, in networks that nobody else is in. `sets`: as `ipset save` prints them. */
export function askKernel(groups: readonly Group[], sets: string): Answer[][] {
  const script = fileURLToPath(new URL('ask.mjs', import.meta.url));
  const input = JSON.stringify({
    sets,
    server: known.serverAddress,
    groups: groups.map(({ rulesets, ...group }) => ({ ...group, rulesets: rulesets.map(loading) })),
  });
  const output = execFileSync('unshare', [...unshare, process.execPath, script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return z.array(z.array(answerSchema)).parse(JSON.parse(output));
}
