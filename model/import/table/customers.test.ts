import { expect, it } from 'vitest';
import { csv } from '../csv.js';

/** As it is imported: the default, its rules without their places, and the lines that are not understood. */
const read = (text: string) => {
  const { edge, notUnderstood } = csv.read({ file: 'hosts.csv', text }, {});
  const rules = (edge?.rules ?? []).map(({ source: _, ...rule }) => rule);
  return { default: edge?.default, rules, told: notUnderstood.map(({ line }) => line) };
};
const allowsA = { allow: 'a.test', port: [443] };

it('takes the services of Check Point, which opened every port of a host', () => {
  const { rules, told } = read(
    'No.,Name,Source,Destination,Services & Applications,Action,Time\n1,us,Any,a.test,https,Accept,Any\n2,rest,Any,Any,Any,Drop,Any\n',
  );
  expect(rules).toEqual([allowsA, { deny: 'any', port: 'any' }]);
  expect(told).toEqual([]);
});

it('takes the second port of pfSense for that of the destination, and the first for the sender’s', () => {
  const { rules } = read('Protocol,Source,Port,Destination,Port\nIPv4 TCP,10.1.2.3,*,a.test,443 (HTTPS)\n');
  expect(rules).toEqual([allowsA]);
});

it('opens what a column of URLs names, and not all since that of networks says any', () => {
  const { rules } = read(
    'Name,Dest Networks,URLs,Dest Ports,Action\nus,Any,a.test,TCP (6):443,Allow\nrest,Any,Any,Any,Block\n',
  );
  expect(rules).toEqual([allowsA, { deny: 'any', port: 'any' }]);
});

it('reads lists of Zscaler: states of rules, hosts between strokes, two words for one action', () => {
  const { rules, told } = read(
    'Rule Order,Rule Status,Rule Action,Destination IP/FQDN,Network Services\n1,Enabled,Allow,a.test|c.test,HTTPS\n2,Disabled,Block/Drop,b.test,HTTPS\n3,Enabled,Block/Drop,Any,Any\n',
  );
  expect(rules).toEqual([
    { allow: ['a.test', 'c.test'], port: [443] },
    { deny: 'any', port: 'any' },
  ]);
  expect(told).toEqual([]);
});

it('reads lists of ASDM, whose service of everything is ip', () => {
  const { rules } = read('Enabled,Source,Destination,Service,Action\nTrue,any,any,ip,Deny\n');
  expect(rules).toEqual([{ deny: 'any', port: 'any' }]);
});

it('leaves out what is switched off by a status beside an action, and what was not approved', () => {
  const text = 'Status,Destination,Port,Action\nOn,a.test,443,Accept\nOff,b.test,443,Accept\n';
  expect(read(text).rules).toEqual([allowsA]);
  const requests = 'Host;Port;Status\na.test;443;Approved\nb.test;443;Pending\nc.test;443;Rejected\n';
  expect(read(requests)).toMatchObject({
    rules: [allowsA, { allow: 'b.test', unclear: expect.stringContaining('Pending') }],
    told: [3],
  });
});

it('closes what a column of open says no to', () => {
  const { rules } = read('FQDN,Port,Open?\na.test,443,Yes\nb.test,443,No\n');
  expect(rules).toEqual([allowsA, { deny: 'b.test', port: [443] }]);
});

it('opens no port of TCP for a row that has ports of UDP alone', () => {
  expect(read('Host,TCP Ports,UDP Ports\na.test,443,\nb.test,,123\n')).toMatchObject({
    rules: [allowsA],
    told: [],
  });
});

it('takes hosts for those of the destination below original heads, and numbers of rows for no ports', () => {
  const text = '1,us,any,a.test,Original,HTTPS,Allow\n2,rest,any,any,Original,any,Deny\n';
  const head = 'Rule,Name,Original Source,Original Destination,Translated Destination,Service,Action\n';
  expect(read(`${head}${text}`).rules).toEqual([allowsA, { deny: 'any', port: 'any' }]);
  expect(read('1,a.test,Allow\n2,b.test,Allow\n').rules).toEqual([{ allow: 'a.test' }, { allow: 'b.test' }]);
});

it('takes a list below a title of what is blocked for that, and one that asks to open it for what is open', () => {
  const rows = 'URL;Port\na.test;443\n';
  for (const title of ['Blocked URLs;', 'Gesperrte Seiten 2026;', 'Blocklist;\n;'])
    expect(read(`${title}\n${rows}`), title).toMatchObject({
      default: 'allow',
      rules: [{ deny: 'a.test', port: [443] }],
    });
  for (const title of ['These are blocked today, please open;', 'Allow list (all else is blocked);'])
    expect(read(`${title}\n${rows}`), title).toMatchObject({ default: 'drop', rules: [allowsA], told: [] });
});

it('takes a row of words that are heads, too, for a row: the first policy of FortiGate was lost', () => {
  const head = 'Name,Source,Destination,Schedule,Service,Action,NAT,Status\n';
  const rows = 'us,all,a.test,always,HTTPS,ACCEPT,Enabled,Enabled\nrest,all,all,always,ALL,DENY,,Enabled\n';
  expect(read(`${head}${rows}`)).toMatchObject({ default: 'drop', rules: [allowsA, { deny: 'any' }] });
});

it('reads heads as Azure writes them: priorities were ports, and what comes in was open', () => {
  const head =
    'Name,Priority,Direction,Access,Protocol,SourceAddressPrefix,SourcePortRange,DestinationAddressPrefix,DestinationPortRange\n';
  const rows =
    'us,100,Outbound,Allow,Tcp,*,*,13.64.0.0/11,443\nin,90,Inbound,Allow,*,*,*,*,*\nrest,4096,Outbound,Deny,*,*,*,*,*\n';
  expect(read(`${head}${rows}`)).toEqual({
    default: 'drop',
    rules: [
      { allow: '13.64.0.0/11', port: [443] },
      { deny: 'any', port: 'any' },
    ],
    told: [],
  });
});

it('reads tables of Markdown, and between strokes, which no importer took', () => {
  const markdown =
    '# Openings\n\n| Host | Port | Action |\n|---|:--|---:|\n| `a.test` | 443 | allow |\n| \\*.b.test | 443 | deny |\n';
  const wanted = [allowsA, { deny: '*.b.test', port: [443] }];
  expect(read(markdown)).toMatchObject({ rules: wanted, told: [] });
  expect(read('Host | Port | Aktion\na.test | 443 | erlaubt\n*.b.test | 443 | gesperrt\n').rules).toEqual(
    wanted,
  );
  const isTable = (text: string) => csv.recognises({ file: 'a.txt', text });
  const lists = ['a.test:443\nb.test:80\n', 'https://a.test/\nhttps://b.test/\n'];
  expect([markdown, ...lists].map(isTable)).toEqual([true, true, true]);
  expect(isTable('a word\nand another\n')).toBe(false);
});

it('reads heads of OPNsense and ServiceNow, whose rows that are off, or not carried out, were open', () => {
  const opnsense =
    'enabled,action,interface,direction,protocol,source_net,destination_net,destination_port\n1,pass,lan,in,TCP,any,a.test,443\n0,pass,lan,in,TCP,any,b.test,443\n1,pass,wan,in,TCP,any,any,443\n';
  expect(read(opnsense)).toMatchObject({ rules: [allowsA], told: [] });
  const serviceNow =
    'number,state,u_destination,u_port\nCHG1,Closed Complete,a.test,443\nCHG2,Closed Incomplete,b.test,443\n';
  expect(read(serviceNow)).toMatchObject({
    rules: [allowsA, { allow: 'b.test', unclear: expect.any(String) }],
    told: [3],
  });
  expect(read('Host,Port,Approved?\na.test,443,Yes\nb.test,443,No\n').rules).toEqual([allowsA]);
});

it('leaves out what the console of PAN-OS marks as disabled, and does not judge what is negated', () => {
  expect(read('Name,Destination,Service,Action\n[Disabled] old,any,any,Allow\n').rules).toEqual([]);
  const text =
    'Destination,Destination Negate,Port,Action\na.test,false,443,Allow\n10.0.0.0/8,true,443,Allow\n';
  expect(read(text)).toMatchObject({ rules: [allowsA, { unclear: expect.any(String) }], told: [3] });
});
