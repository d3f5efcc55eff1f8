import type { Sight } from '../../../docker/agent/channel.js';

/** What a rule writes before the packets that it logs: the firewall, and the rule's number from 1. */
export function logPrefix(firewall: 'edge' | 'host', index: number | undefined): string {
  return `${firewall} ${index === undefined ? 'default' : index + 1}`;
}

/** Who logged under a prefix, and by which rule of its list; undefined is the default. */
export function parsePrefix(prefix: string): { chain: string; rule: string; index?: number } {
  const [chain = '', rule = ''] = prefix.split(' ');
  return { chain, rule, ...(/^\d+$/.test(rule) && { index: Number(rule) - 1 }) };
}

/** A logged packet as the kernel's own log would print it. */
export function logLine({ prefix, from, fromPort, to, toPort, protocol }: Sight): string {
  return `${prefix}: SRC=${from} DST=${to} PROTO=${protocol.toUpperCase()} SPT=${fromPort} DPT=${toPort}`;
}
