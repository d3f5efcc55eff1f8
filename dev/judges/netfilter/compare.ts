import type { Importer, ImportOptions } from '../../../model/import/importer.js';
import { iptables } from '../../../model/import/iptables/index.js';
import { nftables } from '../../../model/import/nftables/index.js';
import { decide, type PolicyAction } from '../../../model/policy/decide.js';
import { notJudgedBy } from '../../../model/policy/not-judged.js';
import { firewallSchema } from '../../../model/site/schema.js';
import { known, ownInterface } from './drawn.js';
import { ipsets } from './ipsets.js';
import type { Answer, Group, Ruleset } from './kernel.js';

const parts = [{ file: 'sets.txt', text: ipsets }];

export interface Compared {
  /** Decisions of imports, and how many of them are none. */
  all: number;
  notJudged: number;
  /** In words, where the kernel does otherwise. */
  differences: string[];
}

/** Compares what the kernel did with what imports of the same rules say, in each form that there is of them. */
export function compare(
  { side, flows }: Group,
  { format, text, form }: Ruleset,
  { actions = [], printed }: Answer,
): Compared {
  const compared: Compared = { all: 0, notJudged: 0, differences: [] };
  const own = format === 'iptables' ? iptables : nftables;
  const forms: [string, Importer, string][] = [['as written', own, text]];
  if (printed !== undefined) forms.push([`as ${form}`, form === 'save' ? iptables : nftables, printed]);
  const knows: ImportOptions[] = [
    { parts },
    { parts, ...known, ...(side === 'server' && { goesBy: ownInterface }) },
  ];
  for (const [name, importer, source] of forms)
    for (const options of knows) {
      const says = importedAs(importer, side, source, options);
      for (const [index, flow] of flows.entries()) {
        const [did, said] = [actions[index], says(flow)];
        compared.all++;
        if (said === undefined) compared.notJudged++;
        else if (did !== undefined && !said.includes(did))
          compared.differences.push(
            `${name}, ${options.serverAddress ? 'knowing the way' : 'knowing nothing'}: ${flow.address}:${flow.port} ${side}: the kernel ${did}, the import ${said.join(' or ')}\n${source}`,
          );
      }
    }
  return compared;
}

/** What an import says that becomes of a flow: one thing, or, where it is refused, in which ways; undefined: not judged. */
function importedAs(importer: Importer, side: Group['side'], text: string, options: ImportOptions) {
  const firewall = importer.read({ file: 'rules', text }, options)[side];
  const policy = firewall && firewallSchema.parse(firewall);
  return ({ address, port }: Group['flows'][number]): PolicyAction[] | undefined => {
    // A machine without rules of its own is nobody's firewall.
    if (!policy) return undefined;
    const asks = { machine: 'app-proxy-01', account: 'network-service' } as const;
    const flow = { ...asks, host: 'a.test', names: [], address, port };
    const decision = decide(policy, flow);
    if (notJudgedBy(policy, flow, decision).length > 0) return undefined;
    const { action, index } = decision;
    // What is closed whatever an unclear rule means may be so in its way.
    const isDoubted = policy.rules.slice(0, index).some(({ unclear }) => unclear !== undefined);
    return action !== 'allow' && isDoubted ? ['drop', 'reject', 'reset'] : [action];
  };
}
