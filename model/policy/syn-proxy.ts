import type { SynProxy } from '../site/schema.js';
import { decideByList, type ListDecision } from './rule-list.js';

/** What a firewall that answers TCP itself does once it has read which host is meant. */
export function decideSynProxy({ resets }: SynProxy, host: string): ListDecision<'allow' | 'reset'> {
  const rules = resets.map((one) => ({
    action: 'reset' as const,
    name: `reset ${one}`,
    hosts: [one],
    explanation: ({ host: name }: { host: string }) =>
      `${name} was read in the ClientHello, and is not allowed`,
  }));
  const rest = {
    action: 'allow' as const,
    name: 'allow *',
    explanation: ({ host: name }: { host: string }) => `nothing is said against ${name}`,
  };
  return decideByList([...rules, rest], { host, port: 443 });
}
