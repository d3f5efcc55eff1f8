import {
  always,
  anything,
  both,
  byInterface,
  bySource,
  type Condition,
  isPorts,
  never,
  noInterface,
  otherPorts,
  type Part,
  toAddresses,
} from '../condition.js';
import type { ImportOptions } from '../importer.js';
import { bySet } from './ipsets.js';
import type { IptablesRule, Option } from './read-rules.js';

function namedPorts({ values: [text = ''], negated }: Option): Part | undefined {
  const ports = text
    .split(',')
    .map((one) => one.replace(/^:/, '0:').replace(/:$/, ':65535').replace(':', '-'));
  if (!ports.every(isPorts)) return undefined;
  const others = negated ? otherPorts(ports) : ports;
  // The contrary of all ports is none; but programs of today load it as if nothing had been asked.
  return others.length === 0 ? undefined : { ports: others };
}

const addresses = ({ values: [text = ''], negated }: Option, { comesBy }: ImportOptions) =>
  toAddresses(text.split(','), negated, { passes: comesBy !== noInterface });

/** What no connection to the internet is: to the machine itself, to all, to nowhere. */
const ofNoHost = ['LOCAL', 'BROADCAST', 'MULTICAST', 'ANYCAST', 'BLACKHOLE', 'UNREACHABLE', 'PROHIBIT'];

function byKind({ values: [text = ''], negated }: Option): Part | undefined {
  const kinds = text.split(',');
  if (kinds.includes('UNICAST')) return negated ? never : always;
  if (!kinds.every((one) => ofNoHost.includes(one))) return undefined;
  return negated ? always : never;
}

const interfaces = (known: string | undefined, { values: [name = ''], negated }: Option) =>
  byInterface(known, [name], negated, '+');

/** What is known besides the rule. */
export interface Known extends ImportOptions {
  /** Something in the file keeps connections from being tracked: then they are not new. */
  untracks: boolean;
}

function byState({ values: [text = ''], negated }: Option, { untracks }: Known): Part | undefined {
  const states = text.split(',');
  const [isNew, isUntracked] = ['NEW', 'UNTRACKED'].map((state) => states.includes(state));
  if (untracks && isNew !== isUntracked) return undefined;
  return isNew === negated ? never : always;
}

const readers: Readonly<Record<string, (option: Option, given: Known) => Part | undefined>> = {
  '--protocol': ({ values: [name = ''], negated }) =>
    ['tcp', 'all', '6', '0'].includes(name) === negated ? never : always,
  '--dport': namedPorts,
  '--dports': namedPorts,
  // A client takes any of the upper ones.
  '--sport': ({ values: [text = ''], negated }) =>
    !negated && /^(0|1|1024|32768|49152)?:(65535)?$/.test(text) ? always : undefined,
  '--destination': addresses,
  '--dst-range': addresses,
  '--dst-type': byKind,
  '--match-set': bySet,
  '--source': ({ values: [text = ''], negated }, { serverAddress }) =>
    bySource(serverAddress, text.split(','), negated),
  '--in-interface': (option, { comesBy }) => interfaces(comesBy, option),
  '--out-interface': (option, { goesBy }) => interfaces(goesBy, option),
  '--ctstate': byState,
  '--syn': ({ negated }) => (negated ? never : always),
  '--tcp-flags': ({ values: [mask = '', set = ''], negated }) =>
    set === 'SYN' && mask.includes('SYN') && !negated ? always : undefined,
  // Words, and what the target is told.
  '--match': () => always,
  '--comment': () => always,
  '--jump': () => always,
  '--goto': () => always,
  '--reject-with': () => always,
};

/** What a rule asks for, as far as it is known here. */
export function conditionOf({ options, target }: IptablesRule, given: Known): Condition {
  return options
    .filter(({ name }) => !isOfTarget(target, name))
    .reduce<Condition>(
      (all, option) => both(all, readers[option.name]?.(option, given) ?? { unclear: [inWords(option)] }),
      anything,
    );
}

/** Options behind the target are its own, of one that decides nothing or is unknown. */
function isOfTarget(target: string | undefined, name: string): boolean {
  return (
    target !== undefined && /^--(log-|nflog-|set-|to-|limit-iface|save-|restore-|clamp-|ulog-)/.test(name)
  );
}

function inWords({ name, negated, values }: Option): string {
  return [...(negated ? ['!'] : []), name, ...values].join(' ');
}
