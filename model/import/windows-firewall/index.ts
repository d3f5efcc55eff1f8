import { portsOf } from '../condition.js';
import type { Imported, ImportedRule, Importer, ImportOptions, NotUnderstood } from '../importer.js';
import { meaningOf } from './meaning.js';
import { readPowershell } from './read-powershell.js';
import { isOfProfiles, readProfiles } from './read-profiles.js';
import { readRegistry } from './read-registry.js';
import type { WindowsFirewall, WindowsRule } from './rule.js';

const isRegistry = (text: string) =>
  text.split(/[\r\n]/).some((line) => {
    const at = line.search(/(?:^|["\s])v2\.\d{1,2}\|/i);
    return at >= 0 && /\b(?:Action|Dir)=/i.test(line.slice(at));
  });
const isPowershell = (text: string) =>
  /^\s*[[{]/.test(text) && /"Direction"\s*:/.test(text) && /"Action"\s*:/.test(text);

/**
 * Rules of the Windows firewall for what begins on a server: as the registry has them, or `Get-NetFirewallRule`
 * as JSON. One that blocks comes before all that allow, whatever their order; what no rule is about passes,
 * unless a profile says otherwise.
 */
export const windowsFirewall: Importer = {
  format: 'windows-firewall',
  title: 'rules of the Windows firewall (registry, or Get-NetFirewallRule as JSON)',
  recognises: ({ text }) => isRegistry(text) || isPowershell(text),
  // PowerShell tells of profiles apart.
  hasPart: ({ text }, other) => !isRegistry(text) && isOfProfiles(other),
  read({ file, text }, options): Imported {
    const firewall = isRegistry(text) ? readRegistry(text) : withProfiles(readPowershell(text), options);
    const notUnderstood: NotUnderstood[] = firewall.other.map((one) => ({ file, ...one }));
    let understood = 0;
    const rules: Record<'reject' | 'allow' | 'first', ImportedRule[]> = { reject: [], allow: [], first: [] };
    for (const rule of firewall.rules) {
      const meaning = isAsked(rule) && firewall.isOn !== false ? meaningOf(rule, options) : undefined;
      const action = actionOf(rule);
      if (meaning && !action) meaning.unclear.push(`action=${firstOf(rule, 'action')}`);
      if (meaning && firewall.isOn === undefined) meaning.unclear.push('EnableFirewall=0 in some networks');
      const isUnclear = meaning && meaning.unclear.length > 0;
      // Where all passes that is not blocked it does not matter what else is let pass.
      if (!meaning || (isUnclear && action === 'allow' && firewall.isClosed === false)) {
        understood++;
        continue;
      }
      const why = meaning.unclear.join('; ');
      if (isUnclear) notUnderstood.push({ file, line: rule.line, text: rule.text.slice(0, 300), why });
      else understood++;
      const { to = [], ports, account } = meaning;
      for (const one of action ? [action] : (['reject', 'allow'] as const))
        rules[action ?? 'first'].push({
          [one]: to.length === 0 ? 'any' : to.length === 1 ? to[0] : to,
          ...(ports && { port: portsOf(ports) }),
          ...(account && { account }),
          ...(isUnclear && { unclear: why.slice(0, 1000) }),
          source: { file, line: rule.line },
        });
    }
    const rest = isClosedFor(firewall);
    if (rest.unclear) notUnderstood.push({ file, line: 1, text: 'DefaultOutboundAction', why: rest.unclear });
    return {
      server: {
        default: rest.isClosed ? 'reject' : 'allow',
        rules: [
          ...rules.first,
          ...rules.reject,
          ...rules.allow,
          ...(rest.unclear ? [{ reject: 'any', unclear: rest.unclear, source: { file, line: 1 } }] : []),
        ],
      },
      understood,
      notUnderstood,
    };
  },
};

/** What profiles say that were handed over beside the rules. */
function withProfiles(firewall: WindowsFirewall, { parts = [] }: ImportOptions): WindowsFirewall {
  for (const part of parts.filter(isOfProfiles)) {
    const profiles = readProfiles(part);
    if (profiles) Object.assign(firewall, profiles);
    else firewall.other.push({ line: 1, text: part.file, why: 'profiles that are not understood' });
  }
  return firewall;
}

/** What becomes of connections that no rule is about. */
function isClosedFor({ isClosed, isOn }: WindowsFirewall): { isClosed: boolean; unclear?: string } {
  if (isOn === false || isClosed === false) return { isClosed: false };
  if (isOn && isClosed) return { isClosed: true };
  return { isClosed: false, unclear: 'it stops what no rule lets pass in some networks (profiles) only' };
}

function firstOf({ fields }: WindowsRule, name: string): string {
  return fields.get(name)?.[0]?.toLowerCase() ?? '';
}

/** It is switched on, and about what begins on the machine. */
function isAsked(rule: WindowsRule): boolean {
  return firstOf(rule, 'active') !== 'false' && firstOf(rule, 'dir') !== 'in';
}

/** A program that is blocked is told so at once. Undefined: it depends, as `ByPass` does on IPsec, before all. */
function actionOf(rule: WindowsRule): 'reject' | 'allow' | undefined {
  const action = firstOf(rule, 'action');
  return action === 'block' ? 'reject' : action === 'allow' ? 'allow' : undefined;
}
