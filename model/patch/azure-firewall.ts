import { collectionsOf, type PlacedCollection } from '../import/azure-firewall/collections.js';
import { Template } from '../import/azure-firewall/template.js';
import type { Edit } from './edit.js';
import { itemInto } from './json-item.js';
import type { Ask, ClosedPlace, Patch, Patcher } from './patcher.js';

/** Azure takes priorities from here. */
const lowest = 100;

/** Azure Firewall (ARM JSON): an application rule in a collection that is asked before the one that closes. */
export const azureFirewall: Patcher = {
  format: 'azure-firewall',
  kinds: ['open-edge'],
  patch({ text }, ask): Patch {
    const template = new Template(text);
    const collections = collectionsOf(template);
    const closing = (line: number) =>
      collections.findIndex(({ rules }) => rules.some((rule) => template.lineOf(rule) === line));
    const isByNetwork = ({ closedAt }: ClosedPlace) =>
      closedAt.some((line) => collections[closing(line)]?.isNetwork);
    const places = ask.places.filter((one) => !isByNetwork(one));
    const leftOut = ask.places.filter(isByNetwork);
    const first = Math.min(
      ...places.flatMap(({ closedAt }) => closedAt.map(closing).filter((one) => one >= 0)),
    );
    const edit = places.length === 0 ? undefined : editFor(places, first, collections, template, ask);
    return {
      edits: edit ? [edit] : [],
      leftOut: [
        ...(leftOut.length > 0
          ? [
              {
                places: leftOut,
                why: 'a network rule closes them, which is asked before every rule with names: make that rule narrower',
              },
            ]
          : []),
        ...(places.length > 0 && !edit
          ? [{ places, why: 'no rule collection that allows can be asked before the one that closes them' }]
          : []),
      ],
    };
  },
};

/** Into the last collection that allows and is asked in time, or a new one before the one that closes. */
function editFor(
  places: readonly ClosedPlace[],
  first: number,
  collections: readonly PlacedCollection[],
  template: Template,
  { given }: Ask,
): Edit | undefined {
  const before = Number.isFinite(first) ? collections.slice(0, first) : collections;
  const sources = [given.serverAddress ?? '*'];
  const own = before.findLast(({ action, isNetwork }) => action === 'allow' && !isNetwork);
  const near = own ?? (Number.isFinite(first) ? collections[first] : collections.at(-1));
  if (!near) return undefined;
  const taken = new Set(near.rules.map((rule) => template.text(template.at(rule, 'name'))));
  const rules = [...new Set(places.map(({ port }) => port))].map((port) => ({
    ...(near.isClassic ? {} : { ruleType: 'ApplicationRule' }),
    name: freeName(`connector-${port}`, taken),
    protocols: [{ protocolType: port === 80 ? 'Http' : 'Https', port }],
    targetFqdns: places.filter((one) => one.port === port).map(({ host }) => host),
    sourceAddresses: sources,
  }));
  if (own) return itemInto(template, template.at(own.node, ...own.of, 'rules'), rules);
  const priority = freePriority(
    collections.filter(({ owner }) => owner === near.owner),
    near.priority,
  );
  // Among classic rules those with names have a list of their own.
  if (priority === undefined || (near.isNetwork && near.isClassic)) return undefined;
  return itemInto(template, near.owner, [newCollection(near, priority, rules)]);
}

function newCollection({ isClassic }: PlacedCollection, priority: number, rules: readonly object[]): object {
  const name = 'connector';
  const inner = { priority, action: { type: 'Allow' }, rules };
  if (isClassic) return { name, properties: inner };
  return { ruleCollectionType: 'FirewallPolicyFilterRuleCollection', name, ...inner };
}

/** The highest free number below another, which is asked before it. */
function freePriority(collections: readonly PlacedCollection[], before: number): number | undefined {
  const taken = new Set(collections.map(({ priority }) => priority));
  for (let one = before - 1; one >= lowest; one--) if (!taken.has(one)) return one;
  return undefined;
}

function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  return free;
}
