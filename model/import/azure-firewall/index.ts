import { isScalar } from 'yaml';
import { inRange, rangeOf } from '../../site/address-range.js';
import { isServiceTag } from '../../site/service-tags/tag-names.js';
import type { Imported, ImportedRule, Importer, ImportOptions, NotUnderstood } from '../importer.js';
import { collectionsOf, isOfNetwork } from './collections.js';
import { Template } from './template.js';

/** What one rule is about; `unclear`: what of it nobody can say. */
interface Meaning {
  to: string[];
  ports: string[];
  unclear: string[];
  /** TLS is ended for it. */
  inspects?: boolean;
}

/**
 * Azure Firewall: policies with rule collection groups, and classic rules, in a template (ARM, JSON) or a
 * piece of one. Network rules are asked before application rules, lower priorities first; what no rule
 * allows is dropped.
 */
export const azureFirewall: Importer = {
  format: 'azure-firewall',
  title: 'Azure Firewall rules (ARM JSON)',
  recognises: ({ text }) =>
    /^\s*[[{]/.test(text) &&
    /"(ruleCollections|ruleCollectionType|applicationRuleCollections|networkRuleCollections)"/i.test(text),
  read({ file, text }, options): Imported {
    const template = new Template(text);
    const notUnderstood: NotUnderstood[] = template.problems.map(({ line, message }) => ({
      file,
      line,
      text: message,
      why: 'no JSON',
    }));
    const groups = ipGroups(template);
    const rules: Record<'network' | 'application', ImportedRule[]> = { network: [], application: [] };
    const inspected: string[] = [];
    let understood = 0;
    for (const policy of template.withProperty('basePolicy')) {
      const parent = template.at(policy, 'basePolicy');
      if (isNothing(parent)) continue;
      const why = 'what its parent policy says comes before all of this, and is not in this file';
      const line = template.lineOf(parent);
      notUnderstood.push({ file, line, text: 'basePolicy', why });
      const doubt = { unclear: 'basePolicy', source: { file, line } };
      rules.network.push({ deny: 'any', ...doubt }, { allow: 'any', ...doubt });
    }
    for (const { kind, action, rules: written } of collectionsOf(template))
      for (const rule of written) {
        const line = template.lineOf(rule);
        const own = kind ?? (isOfNetwork(rule, template) ? 'network' : 'application');
        const meaning = own === 'network' ? networkRule(template, rule) : applicationRule(template, rule);
        const name = template.text(template.at(rule, 'name')) ?? own;
        // What comes from the internet is no connector's, and so is what is not TCP.
        if (/Nat/i.test(template.text(template.at(rule, 'ruleType')) ?? '') || !meaning) {
          understood++;
          continue;
        }
        const source = sourceOf(template, rule, groups, options);
        if (source === 'other') {
          understood++;
          continue;
        }
        const unclear = [...meaning.unclear, ...(source === undefined ? [] : [source])];
        if (unclear.length > 0) notUnderstood.push({ file, line, text: name, why: unclear.join('; ') });
        else understood++;
        if (meaning.inspects && action === 'allow') inspected.push(...meaning.to);
        const to = meaning.to.length === 0 ? 'any' : meaning.to;
        rules[own].push({
          [action]: to,
          ...(meaning.ports.length > 0 && {
            port: meaning.ports.map((one) => (/^\d+$/.test(one) ? Number(one) : one.replace(/^0-/, '1-'))),
          }),
          ...(unclear.length > 0 && { unclear: unclear.join('; ').slice(0, 1000) }),
          source: { file, line },
        });
      }
    return {
      edge: {
        default: 'drop',
        rules: rules.network,
        ...(rules.application.length > 0 && { 'application-rules': rules.application }),
      },
      ...(inspected.length > 0 && {
        site: {
          inspection: {
            ...(!inspected.includes('any') && { only: [...new Set(inspected)] }),
            'trusted-by-server': true,
          },
        },
      }),
      understood,
      notUnderstood,
    };
  },
};

function isNothing(node: unknown): boolean {
  return isScalar(node) && (node.value === null || node.value === '');
}

function ipGroups(template: Template): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const resource of template.withProperty('type')) {
    if (!/^Microsoft\.Network\/ipGroups$/i.test(template.text(template.at(resource, 'type')) ?? '')) continue;
    const [name, addresses] = [
      template.text(template.at(resource, 'name')),
      template.texts(template.at(resource, 'properties', 'ipAddresses')),
    ];
    if (name !== undefined && addresses) groups.set(name, addresses);
  }
  return groups;
}

/** Undefined: whoever it is. `other`: the server is not meant. Else why nobody can say. */
function sourceOf(
  template: Template,
  rule: unknown,
  groups: ReadonlyMap<string, string[]>,
  { serverAddress }: ImportOptions,
): string | undefined {
  const written = template.texts(template.at(rule, 'sourceAddresses'));
  const named = template
    .items(template.at(rule, 'sourceIpGroups'))
    .map((one) => groups.get(template.resourceName(one) ?? ''));
  if (written === undefined || named.some((one) => one === undefined))
    return 'its sources are not in this file';
  const all = [...written, ...named.flatMap((one) => one ?? [])];
  if (all.length === 0 || all.includes('*') || all.includes('0.0.0.0/0')) return undefined;
  if (serverAddress === undefined)
    return `for sources ${all.slice(0, 4).join(', ')}: say which is the server's (--server-address)`;
  const isMeant = all.some((one) => {
    const range = rangeOf(one);
    return range !== undefined && inRange(serverAddress, range);
  });
  return isMeant ? undefined : 'other';
}

function networkRule(template: Template, rule: unknown): Meaning | undefined {
  const list = (...names: string[]) => names.map((name) => template.texts(template.at(rule, name)));
  const [protocols = [], ports, addresses, fqdns] = list(
    'ipProtocols',
    'destinationPorts',
    'destinationAddresses',
    'destinationFqdns',
  );
  const classic = template.texts(template.at(rule, 'protocols')) ?? [];
  const told = [...protocols, ...classic];
  if (told.length > 0 && !told.some((one) => /^(tcp|any)$/i.test(one))) return undefined;
  const unclear: string[] = [];
  if (!ports || !addresses || !fqdns) unclear.push('an expression that is not worked out here');
  if (template.items(template.at(rule, 'destinationIpGroups')).length > 0)
    unclear.push('destinations in IP groups');
  const to = (addresses ?? []).filter((one) => one !== '*');
  const strange = to.filter((one) => rangeOf(one) === undefined && !isServiceTag(one));
  if (strange.length > 0) unclear.push(`destinations ${strange.join(', ')}`);
  const isAny = addresses?.includes('*') ?? false;
  return {
    to: isAny || unclear.length > 0 ? [] : [...to, ...(fqdns ?? [])],
    ports: (ports ?? []).includes('*') ? [] : (ports ?? []),
    unclear,
  };
}

function applicationRule(template: Template, rule: unknown): Meaning | undefined {
  const ports = template.items(template.at(rule, 'protocols')).flatMap((one) => {
    const [type, port] = [
      template.text(template.at(one, 'protocolType')) ?? '',
      template.text(template.at(one, 'port')),
    ];
    return /^https?$/i.test(type) ? [port ?? (/s$/i.test(type) ? '443' : '80')] : [];
  });
  if (ports.length === 0 && template.items(template.at(rule, 'protocols')).length > 0) return undefined;
  const unclear: string[] = [];
  const [fqdns, urls] = ['targetFqdns', 'targetUrls'].map((name) => template.texts(template.at(rule, name)));
  if (!fqdns || !urls) unclear.push('an expression that is not worked out here');
  for (const name of ['fqdnTags', 'webCategories'])
    if (template.items(template.at(rule, name)).length > 0)
      unclear.push(`${name}: which hosts are in them is not in this file`);
  const paths = (urls ?? []).filter((one) => !/^([^/]+|\*)(\/\*?)?$/.test(one.replace(/^https?:\/\//, '')));
  if (paths.length > 0) unclear.push(`paths of URLs: ${paths.slice(0, 3).join(', ')}`);
  const hosts = [
    ...(fqdns ?? []),
    ...(urls ?? []).map((one) => one.replace(/^https?:\/\//, '').split('/', 1)[0] ?? ''),
  ];
  const inspects = template.text(template.at(rule, 'terminateTLS')) === 'true';
  return {
    to: hosts.map((one) => (one === '*' ? 'any' : one)),
    ports,
    unclear,
    ...(inspects && { inspects }),
  };
}
