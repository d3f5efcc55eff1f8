import { decide, type PolicyAction } from '../policy/decide.js';
import { notJudgedBy } from '../policy/not-judged.js';
import { firewallSchema } from '../site/schema.js';
import type { ImportedFirewall } from './importer.js';

/** What an imported firewall says of a connection to an address; undefined: it is not judged. */
export function judged(
  firewall: ImportedFirewall | undefined,
  address: string,
  port: number,
): PolicyAction | undefined {
  const policy = firewallSchema.parse(firewall);
  const asks = { machine: 'app-proxy-01', account: 'network-service' } as const;
  const flow = { ...asks, host: 'a.test', names: [], address, port };
  const decision = decide(policy, flow);
  return notJudgedBy(policy, flow, decision).length === 0 ? decision.action : undefined;
}
