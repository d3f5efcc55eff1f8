import { describe, expect, it } from 'vitest';
import { type Account, accounts } from '../../evidence/vocabulary.js';
import { decide } from '../../policy/decide.js';
import { notJudgedBy } from '../../policy/not-judged.js';
import { firewallSchema } from '../../site/schema.js';
import { importerOf } from '../index.js';
import { windowsFirewall } from './index.js';

const root =
  'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const exported = (...lines: string[]) =>
  ['Windows Registry Editor Version 5.00', '', `[${root}\\FirewallRules]`, ...lines, ''].join('\r\n');
const rule = (name: string, fields: string) =>
  `"${name}"="v2.31|${fields}|Name=${name}|Desc=a \\"b\\"|EmbedCtxt=x|"`;
const read = (text: string, serverAddress?: string) =>
  windowsFirewall.read({ file: 'rules.reg', text }, { serverAddress });
/** What is said of a connection; undefined: it is not judged. */
function judged(text: string, port: number, account: Account = 'network-service', address = '203.0.113.7') {
  const policy = firewallSchema.parse(read(text).server);
  const flow = { machine: 'app-proxy-01', account, host: 'a.test', names: [], address, port } as const;
  const decision = decide(policy, flow);
  return notJudgedBy(policy, flow, decision).length === 0 ? decision.action : undefined;
}

describe('rules of the Windows firewall in the registry', () => {
  it('gives what is about outgoing TCP, blocks before allows, with their lines', () => {
    const { server, understood, notUnderstood } = read(
      exported(
        rule('a', 'Action=Allow|Active=TRUE|Dir=Out|Protocol=6|RPort=443|RA4=203.0.113.0/255.255.255.0'),
        rule(
          'b',
          'Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=80|RPort2_10=8000-8100|RA4=203.0.113.7|RA4=198.51.100.1-198.51.100.9',
        ),
        rule('c', 'Action=Block|Active=FALSE|Dir=Out|Protocol=6'),
        rule('d', 'Action=Block|Active=TRUE|Dir=In|Protocol=6'),
        rule('e', 'Action=Block|Active=TRUE|Dir=Out|Protocol=17|RPort=443'),
      ),
    );
    expect({ understood, notUnderstood }).toEqual({ understood: 5, notUnderstood: [] });
    expect(server).toEqual({
      default: 'allow',
      rules: [
        {
          reject: ['203.0.113.7', '198.51.100.1-198.51.100.9'],
          port: [80, '8000-8100'],
          source: { file: 'rules.reg', line: 5 },
        },
        { allow: '203.0.113.0/255.255.255.0', port: [443], source: { file: 'rules.reg', line: 4 } },
      ],
    });
  });

  it.each<[string, string, (Account | 'nobody' | 'unclear')[]]>([
    ['everybody', '', [...accounts]],
    ['the connector’s service', 'App=%SystemRoot%\\\\x.exe|Svc=WAPCSvc', ['network-service']],
    [
      'its program',
      'App=C:\\\\Program Files\\\\Microsoft Entra private network connector\\\\ApplicationProxyConnectorService.exe',
      ['network-service'],
    ],
    ['the updater', 'Svc=wapcupdatersvc', ['local-system']],
    ['an account', 'LUAuth=D:(A;;CC;;;S-1-5-20)', ['network-service']],
    ['an account that the service has not', 'LUAuth=D:(A;;CC;;;SY)|Svc=WAPCSvc', ['nobody']],
    ['several accounts', 'LUAuth=D:(A;;CC;;;S-1-5-20)(A;;CC;;;S-1-5-11)', ['unclear']],
    ['another service', 'App=%SystemRoot%\\\\system32\\\\svchost.exe|Svc=W32Time', ['nobody']],
    ['one that fetches revocation lists', 'Svc=CryptSvc', ['unclear']],
    ['all services', 'Svc=*', ['unclear']],
    ['another program', 'App=C:\\\\Windows\\\\System32\\\\svchost.exe', ['unclear']],
    ['an app of the store', 'AppPkgId=S-1-15-2-1', ['nobody']],
    ['one kind of network', 'Profile=Domain', ['unclear']],
    ['every kind of network', 'Profile=Domain|Profile=Private|Profile=Public', [...accounts]],
    ['newer Windows', 'Platform=2:6:2|Platform2=GTEQ', [...accounts]],
    ['older Windows', 'Platform=2:6:1', ['unclear']],
    ['a local port', 'LPort=1000', ['unclear']],
    ['the internet', 'RA42=IntErnet', ['unclear']],
    ['a field that is not known', 'TTK2_27=ProxyIntrnet', ['unclear']],
  ])('a rule about %s', (_, fields, about) => {
    const text = exported(rule('x', `Action=Block|Active=TRUE|Dir=Out|Protocol=6${fields && `|${fields}`}`));
    const found = accounts.map((account) => judged(text, 443, account));
    const isUnclear = about[0] === 'unclear';
    expect(found).toEqual(
      accounts.map((one) => (isUnclear ? undefined : about.includes(one) ? 'reject' : 'allow')),
    );
    expect(read(text).notUnderstood).toHaveLength(isUnclear ? 1 : 0);
  });

  it('knows rules about the server’s own address where that is told', () => {
    const text = exported(rule('x', 'Action=Block|Active=TRUE|Dir=Out|LA4=10.1.0.0/16'));
    expect(read(text).server?.rules).toMatchObject([{ reject: 'any', unclear: 'la4=10.1.0.0/16' }]);
    expect(read(text, '10.1.2.3').server?.rules).toMatchObject([{ reject: 'any' }]);
    expect(read(text, '10.2.2.3').server?.rules).toEqual([]);
  });

  it('says nothing of what lets pass where all passes, and does where it does not', () => {
    const lines = [rule('x', 'Action=Allow|Active=TRUE|Dir=Out|Protocol=6|Profile=Domain')];
    expect(read(exported(...lines))).toMatchObject({
      server: { default: 'allow', rules: [] },
      notUnderstood: [],
    });
    const profiles = (...closed: string[]) =>
      closed.flatMap((one) => [`[${root}\\${one}]`, '"DefaultOutboundAction"=dword:00000001']);
    const all = exported(...lines, ...profiles('DomainProfile', 'StandardProfile', 'PublicProfile'));
    expect(read(all)).toMatchObject({ server: { default: 'reject' }, notUnderstood: [{ line: 4 }] });
    expect(judged(all, 443)).toBeUndefined();
    const some = exported(
      ...profiles('DomainProfile'),
      `[${root}\\FirewallRules]`,
      rule('y', 'Action=Allow|Active=TRUE|Dir=Out|Protocol=6|RPort=443'),
    );
    expect([judged(some, 443), judged(some, 80)]).toEqual(['allow', undefined]);
  });

  it('asks nothing of one that is switched off, or of rules that do not count', () => {
    const block = rule('x', 'Action=Block|Active=TRUE|Dir=Out|Protocol=6');
    const set = (name: string, key = root) =>
      ['DomainProfile', 'StandardProfile', 'PublicProfile'].flatMap((one) => [
        `[${key}\\${one}]`,
        `"${name}"=dword:00000000`,
      ]);
    const policy = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall';
    expect(judged(exported(block), 443)).toBe('reject');
    expect(judged(exported(block, ...set('EnableFirewall')), 443)).toBe('allow');
    expect(judged(exported(block, ...set('AllowLocalPolicyMerge', policy)), 443)).toBe('allow');
    const byPolicy = exported(...set('AllowLocalPolicyMerge', policy), `[${policy}\\FirewallRules]`, block);
    expect(judged(byPolicy, 443)).toBe('reject');
  });

  it('reads reg query and single lines', () => {
    const text = `    {A-1}    REG_SZ    v2.10|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|Name=x|\n`;
    expect(importerOf({ file: 'x.txt', text })).toBe(windowsFirewall);
    expect([judged(text, 443), judged(text.trim(), 80)]).toEqual(['reject', 'allow']);
    expect(judged(text.replace(/^.*REG_SZ */, ''), 443)).toBe('reject');
  });
});

describe('Get-NetFirewallRule as JSON', () => {
  const one = {
    ...{ DisplayName: 'x', Enabled: 'True', Direction: 'Outbound', Action: 'Block', Profile: 'Any' },
    ...{ Protocol: 'TCP', RemotePort: ['443', '8000-8100'], LocalPort: 'Any', RemoteAddress: 'Any' },
    ...{ Program: 'Any', Service: 'Any', Package: null, LocalUser: 'Any', InterfaceType: 'Any' },
  };
  const text = (...rules: object[]) => JSON.stringify(rules, null, 1);

  it.each<[string, object, string | undefined]>([
    ['words', {}, 'reject'],
    ['numbers', { Enabled: 1, Direction: 2, Action: 4, Profile: 0, Protocol: '6' }, 'reject'],
    ['one that is switched off', { Enabled: 2 }, 'allow'],
    ['incoming', { Direction: 'Inbound' }, 'allow'],
    ['UDP', { Protocol: 'UDP' }, 'allow'],
    ['another port', { RemotePort: '80' }, 'allow'],
    ['the updater', { Service: 'WAPCUpdaterSvc' }, 'allow'],
    ['the service', { Service: 'WAPCSvc', Program: 'C:\\x.exe' }, 'reject'],
    ['all services', { Service: '*' }, undefined],
    ['what IPsec proves', { Authentication: 'Required' }, undefined],
    ['what it does not ask', { Authentication: 0, Encryption: 'NotRequired', Platform: ['6.1+'] }, 'reject'],
    ['newest Windows', { Platform: ['10.0+'] }, undefined],
    ['networks', { Profile: 'Domain, Private' }, undefined],
    ['an app of the store', { Package: 'S-1-15-2-1' }, 'allow'],
  ])('reads %s', (_, other, action) => {
    const own = text({ ...one, ...other });
    expect(importerOf({ file: 'x.json', text: own })).toBe(windowsFirewall);
    expect(judged(own, 443)).toBe(action);
  });

  it('does not take a rule without its filters for one about everything', () => {
    const { Protocol: _p, RemotePort: _r, ...others } = one;
    const { notUnderstood } = read(text(one, others));
    expect(notUnderstood).toMatchObject([{ text: 'x', why: expect.stringMatching(/Protocol, RemotePort/) }]);
    expect(notUnderstood.map(({ line }) => line)).toEqual([text(one, others).split('\n').indexOf(' },') + 2]);
    expect(judged(text(others), 443)).toBeUndefined();
  });
});

it('reads what profiles say of the rest, where they are handed over', () => {
  const filters = { Protocol: 'TCP', RemotePort: { value: ['443'], Count: 1 }, RemoteAddress: 'Any' };
  const rule = {
    DisplayName: 'x',
    Enabled: 1,
    Direction: 2,
    Action: 2,
    Program: 'Any',
    Service: 'Any',
    ...filters,
  };
  const rules = { file: 'rules.json', text: JSON.stringify([rule]) };
  const profile = (action: number) => ({
    Enabled: 1,
    DefaultInboundAction: 4,
    DefaultOutboundAction: action,
  });
  const given = (...actions: number[]) => {
    const part = { file: 'profiles.json', text: JSON.stringify(actions.map(profile)) };
    expect(windowsFirewall.hasPart?.(rules, part)).toBe(true);
    return windowsFirewall.read(rules, { parts: [part] });
  };
  expect(given(4, 4, 4)).toMatchObject({
    server: { default: 'reject', rules: [{ allow: 'any', port: [443] }] },
    notUnderstood: [],
  });
  expect(given(2, 2, 4).server?.rules?.at(-1)).toMatchObject({ reject: 'any', unclear: expect.any(String) });
  const text = 'Domain Profile Settings:\nState    ON\nFirewall Policy    BlockInbound,BlockOutbound\n';
  const { server } = windowsFirewall.read(rules, { parts: [{ file: 'p.txt', text }] });
  expect(server?.default).toBe('reject');
  const french = text.replace('State    ON', 'État    DÉSACTIVÉ');
  const inFrench = windowsFirewall.read(rules, { parts: [{ file: 'p.txt', text: french }] }).server;
  expect(inFrench?.rules?.at(-1)).toMatchObject({ reject: 'any', unclear: expect.any(String) });
});
