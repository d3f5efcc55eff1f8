import { importedJson, parseJson } from '../../evidence/bounded-json.js';
import { linesOfItems } from '../json-lines.js';
import { isObject } from '../json-values.js';
import type { WindowsFirewall, WindowsRule } from './rule.js';

/** Properties of rules and filters of PowerShell, and what the registry calls them. */
const properties: Readonly<Record<string, string>> = {
  ...{ RemotePort: 'rport', LocalPort: 'lport', RemoteAddress: 'ra4', LocalAddress: 'la4', Program: 'app' },
  ...{
    Service: 'svc',
    Package: 'apppkgid',
    LocalUser: 'luauth',
    InterfaceType: 'iftype',
    InterfaceAlias: 'if',
  },
  Protocol: 'protocol',
};
/** What is asked of partners who prove who they are. */
const ofIpsec = ['Authentication', 'Encryption', 'OverrideBlockRules', 'RemoteUser', 'RemoteMachine'];
/** Without these nobody knows what a rule is about. */
const needed = ['Protocol', 'RemotePort', 'RemoteAddress', 'Program', 'Service'];
const protocols: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmpv4: '1', icmpv6: '58' };

/** Reads `Get-NetFirewallRule`, with the properties of its filters beside its own, as JSON. */
export function readPowershell(text: string): WindowsFirewall {
  const firewall: WindowsFirewall = { rules: [], isClosed: false, isOn: true, other: [] };
  try {
    const parsed: unknown = parseJson(text, importedJson);
    const isList = Array.isArray(parsed);
    const lines = linesOfItems(text, isList ? 1 : 0);
    for (const [index, item] of (isList ? parsed : [parsed]).entries()) {
      const line = lines[index] ?? 1;
      if (isObject(item)) firewall.rules.push(ruleOf(item, line));
      else firewall.other.push({ line, text: JSON.stringify(item).slice(0, 200), why: 'no rule' });
    }
  } catch (error) {
    const why = `no JSON: ${(error as Error).message}`;
    firewall.other.push({ line: 1, text: text.trim().slice(0, 40), why });
  }
  return firewall;
}

function ruleOf(item: Record<string, unknown>, line: number): WindowsRule {
  const fields = new Map<string, string[]>();
  const say = (name: string, value: string | undefined) => value !== undefined && fields.set(name, [value]);
  // Words, or the numbers of their enumerations.
  say('dir', { '1': 'In', '2': 'Out', inbound: 'In', outbound: 'Out' }[word(item.Direction)]);
  say(
    'action',
    { '2': 'Allow', '4': 'Block', allow: 'Allow', block: 'Block' }[word(item.Action)] ?? 'unknown',
  );
  say('active', { '2': 'FALSE', false: 'FALSE' }[word(item.Enabled)] ?? 'TRUE');
  const profile = word(item.Profile ?? item.Profiles ?? 'any');
  if (!['any', '0', '7', '2147483647', 'domain, private, public'].includes(profile)) say('profile', profile);
  for (const [property, name] of Object.entries(properties)) {
    const told = [unwrapped(item[property]) ?? 'Any']
      .flat()
      .filter((one) => one !== null)
      .map(String);
    const values = told.map((one) => (name === 'protocol' ? (protocols[one.toLowerCase()] ?? one) : one));
    if (!values.every((one) => /^(any|\*?)$/i.test(one)) || (name === 'svc' && values.includes('*')))
      fields.set(name, values);
  }
  for (const name of ofIpsec)
    if (!['any', 'undefined', 'null', '', 'notrequired', 'false', '0'].includes(word(item[name])))
      say(name.toLowerCase(), word(item[name]));
  const platforms = [unwrapped(item.Platform) ?? []].flat().map(String);
  if (!platforms.every((one) => /^(6\.[0-2]\+)?$/.test(one))) fields.set('platform', platforms);
  const missing = needed.filter((one) => !(one in item));
  const text = [item.DisplayName ?? item.Name ?? item.InstanceID].map(String).join('').slice(0, 200);
  const why = `it is not in the file: ${missing.join(', ')} (of Get-NetFirewallPortFilter and the other filters)`;
  return { fields, line, text, ...(missing.length > 0 && { unclear: why }) };
}

/** Lists that PowerShell 5 writes as `{ value, Count }`. */
function unwrapped(value: unknown): unknown {
  return isObject(value) && Array.isArray(value.value) ? value.value : value;
}

function word(value: unknown): string {
  return String(isObject(value) ? (value.value ?? value.Value) : value).toLowerCase();
}
