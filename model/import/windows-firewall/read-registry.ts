import type { WindowsFirewall, WindowsRule } from './rule.js';

/** `"name"="v2.31|…|"` of `reg export`, `name REG_SZ v2.31|…|` of `reg query`, or the text alone. */
const aRule = /(?:^|["\s])(v2\.\d{1,2}\|.*)/i;
const profiles = ['domainprofile', 'standardprofile', 'publicprofile'];

/** Reads rules and settings of the Windows firewall as the registry has them. */
export function readRegistry(text: string): WindowsFirewall {
  const firewall: WindowsFirewall = { rules: [], isClosed: false, isOn: true, other: [] };
  const isExported = /^Windows Registry Editor|^REGEDIT4/m.test(text);
  /** Values by profile and name; those of a group policy come before the machine's own. */
  const settings = new Map<string, number>();
  let key = '';
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = index + 1;
    const [, named] = /^\[?((?:HKEY_LOCAL_MACHINE|HKLM)\\.*)/i.exec(raw.trim()) ?? [];
    if (named !== undefined) key = named.endsWith(']') ? named.slice(0, -1) : named;
    const [, rule] = aRule.exec(raw.trimEnd().replace(/"$/, '')) ?? [];
    if (rule !== undefined) firewall.rules.push(ruleOf(isExported ? unescaped(rule) : rule, line, key));
    const [, name = '', value] =
      /"?(DefaultOutboundAction|EnableFirewall|AllowLocalPolicyMerge)"?(?:\s*=dword:|\s+REG_DWORD\s+0x)([\da-f]+)/i.exec(
        raw,
      ) ?? [];
    const profile = /\\(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? '';
    if (value !== undefined && profiles.includes(profile))
      settings.set(
        `${isPolicy(key) ? 'policy' : 'own'} ${profile} ${name.toLowerCase()}`,
        Number.parseInt(value, 16),
      );
  }
  const inAll = (name: string, usual: number) =>
    same(
      profiles.map(
        (one) => (settings.get(`policy ${one} ${name}`) ?? settings.get(`own ${one} ${name}`) ?? usual) !== 0,
      ),
    );
  firewall.isClosed = inAll('defaultoutboundaction', 0);
  firewall.isOn = inAll('enablefirewall', 1);
  const merges = inAll('allowlocalpolicymerge', 1);
  if (merges !== true) firewall.rules = firewall.rules.flatMap((rule) => whereNotMerged(rule, merges));
  return firewall;
}

function isPolicy(key: string): boolean {
  return /\\Policies\\/i.test(key);
}

function same(all: readonly boolean[]): boolean | undefined {
  return all.every((one) => one === all[0]) ? all[0] : undefined;
}

/** A group policy can say that the machine's own rules do not count. */
function whereNotMerged(rule: WindowsRule, merges: boolean | undefined): WindowsRule[] {
  if (rule.fields.has('policy')) return [rule];
  return merges === false ? [] : [{ ...rule, unclear: 'AllowLocalPolicyMerge=0 in some networks' }];
}

function ruleOf(text: string, line: number, key: string): WindowsRule {
  const fields = new Map<string, string[]>();
  for (const part of text.split('|').slice(1)) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(part) ?? [];
    if (name === '') continue;
    const lower = name.toLowerCase();
    fields.set(lower, [...(fields.get(lower) ?? []), value]);
  }
  if (isPolicy(key)) fields.set('policy', []);
  // A layer of its own, in which Windows keeps its services in.
  const isHardening = /\\RestrictedServices\\/i.test(key);
  return { fields, line, text, ...(isHardening && { unclear: 'a rule of RestrictedServices' }) };
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
