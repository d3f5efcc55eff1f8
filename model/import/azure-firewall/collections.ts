import type { Template } from './template.js';

/** A rule collection, and where it stands in its template. */
export interface PlacedCollection {
  /** Of the group that it is in; 0 where there is none. */
  group: number;
  priority: number;
  action: 'allow' | 'deny';
  rules: unknown[];
  /** Of classic rules it is told by where the collection stands. */
  kind: 'network' | 'application' | undefined;
  isNetwork: boolean;
  isClassic: boolean;
  node: unknown;
  /** Names that lead from the node to what it holds. */
  of: string[];
  /** The list in which it stands; undefined: it was pasted without one. */
  owner: unknown;
}

/** By priority of their groups, then by their own. */
export function collectionsOf(template: Template): PlacedCollection[] {
  const found: PlacedCollection[] = [];
  const add = (
    node: unknown,
    { owner, group, kind, of }: Pick<PlacedCollection, 'owner' | 'group' | 'kind' | 'of'>,
  ) => {
    const action = template.text(template.at(node, ...of, 'action', 'type')) ?? '';
    if (!/^(allow|deny)$/i.test(action)) return;
    const rules = template.items(template.at(node, ...of, 'rules'));
    found.push({
      ...{ group, kind, of, node, owner, rules },
      priority: priorityOf(node, template),
      action: action.toLowerCase() as PlacedCollection['action'],
      isNetwork: kind ? kind === 'network' : rules.some((rule) => isOfNetwork(rule, template)),
      isClassic: kind !== undefined,
    });
  };
  const inGroups = new Set<unknown>();
  for (const group of template.withProperty('ruleCollections')) {
    const owner = template.at(group, 'ruleCollections');
    for (const one of template.items(owner)) {
      inGroups.add(one);
      add(one, { owner, group: priorityOf(group, template), kind: undefined, of: [] });
    }
  }
  for (const kind of ['network', 'application'] as const)
    for (const holder of template.withProperty(`${kind}RuleCollections`)) {
      const owner = template.at(holder, `${kind}RuleCollections`);
      for (const one of template.items(owner)) {
        // The command line prints it without that level.
        const of = template.at(one, 'properties') === undefined ? [] : ['properties'];
        add(one, { owner, group: 0, kind, of });
      }
    }
  // Collections that were pasted without their group.
  for (const one of template.withProperty('ruleCollectionType'))
    if (!inGroups.has(one)) add(one, { owner: undefined, group: 0, kind: undefined, of: [] });
  return found.sort((a, b) => a.group - b.group || a.priority - b.priority);
}

function priorityOf(node: unknown, template: Template): number {
  const own = template.text(template.at(node, 'priority'));
  return Number(own ?? template.text(template.at(node, 'properties', 'priority')) ?? 0);
}

/** Whether a rule of a policy is a network rule. */
export function isOfNetwork(rule: unknown, template: Template): boolean {
  return /^Network/i.test(template.text(template.at(rule, 'ruleType')) ?? '');
}
