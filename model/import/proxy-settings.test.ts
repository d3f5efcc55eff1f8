import { expect, it } from 'vitest';
import { combine } from './combine.js';
import { dotNetConfig } from './dot-net-config.js';
import { importerOf } from './index.js';
import { netshWinhttp } from './netsh-winhttp.js';
import { pacFile } from './pac-file.js';

const netsh = (text: string) => netshWinhttp.read({ file: 'netsh.txt', text }, {});
const config = (inner: string, file = 'ApplicationProxyConnectorService.exe.config') =>
  dotNetConfig.read(
    {
      file,
      text: `<?xml version="1.0"?>\n<configuration>\n<system.net>\n${inner}\n</system.net>\n</configuration>`,
    },
    {},
  );

it('reads what netsh prints', () => {
  const text =
    '\r\nCurrent WinHTTP proxy settings:\r\n\r\n    Proxy Server(s) :  http=a.test:80;https=proxy.contoso.test:8080\r\n    Bypass List     :  <local>;*.contoso.test\r\n';
  expect(importerOf({ file: 'x.txt', text })).toBe(netshWinhttp);
  expect(netsh(text).site?.proxy).toEqual({
    address: 'proxy.contoso.test:8080',
    'used-by': ['system'],
    bypass: ['<local>', '*.contoso.test'],
  });
  expect(netsh(text).notUnderstood).toMatchObject([
    { line: 4, why: expect.stringContaining('http=a.test:80') },
  ]);
  const only = (list: string) =>
    netsh(`Current WinHTTP proxy settings:\n Proxy Server(s) : ${list}\n`).notUnderstood.map(
      ({ why }) => why,
    );
  expect(only('http=p.test:80;https=p.test:80')).toEqual([]);
  expect(only('http=p.test:80')).toMatchObject([expect.stringContaining('https direct')]);
  expect(netsh('Current WinHTTP proxy settings:\n    Direct access (no proxy server).\n')).toEqual({
    understood: 1,
    notUnderstood: [],
  });
});

it('reads the proxy of the connector’s own file, and for whom that is', () => {
  const proxy =
    '<defaultProxy enabled="true">\n<proxy proxyaddress="http://proxy.contoso.test:8080" bypassonlocal="True" usesystemdefault="True"/>\n<bypasslist><add address="[a-z]+\\.contoso\\.test$"/></bypasslist></defaultProxy>';
  expect(config(proxy).site?.proxy).toMatchObject({
    address: 'proxy.contoso.test:8080',
    'used-by': ['service'],
  });
  expect(config(proxy, 'ApplicationProxyConnectorUpdaterService.exe.config').site?.proxy).toMatchObject({
    'used-by': ['updater'],
  });
  expect(config(proxy, 'machine.config').site?.proxy).toMatchObject({ 'used-by': ['service', 'updater'] });
});

it('says who is told to use no proxy, whatever other files say', () => {
  const off = config('<defaultProxy enabled="False"/>', 'ApplicationProxyConnectorUpdaterService.exe.config');
  expect(off).toEqual({ direct: ['updater'], understood: 1, notUnderstood: [] });
  const told = config(
    '<defaultProxy><proxy proxyaddress="http://p.test:8080"/></defaultProxy>',
    'machine.config',
  );
  const { proxy, servers } = combine([told, off], 'x');
  expect(proxy?.['used-by']).toEqual(['service', 'updater']);
  expect(servers).toEqual([{ name: 'app-proxy-01', 'proxy-settings': { updater: 'direct' } }]);
  const machine = config('<defaultProxy enabled="false"/>', 'machine.config');
  const own = config('<defaultProxy><proxy proxyaddress="http://p.test:8080"/></defaultProxy>');
  expect(combine([own, machine], 'x').servers).toEqual([
    { name: 'app-proxy-01', 'proxy-settings': { updater: 'direct' } },
  ]);
});

it.each([
  ['[a-z]+\\.contoso\\.test$', '*.contoso.test'],
  ['servicebus\\.windows\\.net', '*servicebus.windows.net*'],
  ['.*\\.contoso\\.test$', '*.contoso.test'],
  ['^https?://intranet\\.contoso\\.test$', 'intranet.contoso.test'],
  ['10\\.\\d{1,3}\\.\\d+\\.[0-9]+', '10.*.*.*'],
  ['contoso.test$', '*contoso.test'],
])('reads %s of a bypass list as .NET means it', (pattern, entry) => {
  const list = `<defaultProxy><proxy proxyaddress="http://p.test:8080"/>\n<bypasslist><add address="${pattern}"/></bypasslist></defaultProxy>`;
  const { site, notUnderstood } = config(list);
  expect(notUnderstood).toEqual([]);
  expect(site?.proxy?.bypass).toEqual([entry]);
});

it('tells entries of a bypass list that it cannot say, and keeps the others', () => {
  const list = `<defaultProxy><proxy proxyaddress="http://p.test:8080" bypassonlocal="true"/>
<bypasslist>
<add address="(a|b)\\.contoso\\.test"/>
<add address="*.contoso.test"/>
<add address="a\\.test$"/></bypasslist></defaultProxy>`;
  const { site, notUnderstood } = config(list);
  expect(site?.proxy?.bypass).toEqual(['<local>', '*a.test']);
  expect(notUnderstood).toMatchObject([
    { line: 6, why: expect.stringContaining('goes direct') },
    { line: 7, why: expect.stringContaining('no regular expression') },
  ]);
});

it('never repeats a password, and says what is no proxy', () => {
  const { notUnderstood } = config(
    '<defaultProxy><proxy proxyaddress="http://me:hunter2@proxy"/></defaultProxy>',
  );
  expect(notUnderstood).toMatchObject([{ line: 4, why: 'no http://host:port' }]);
  expect(JSON.stringify(notUnderstood)).not.toContain('hunter2');
  const bare = config('<defaultProxy><proxy proxyaddress="proxy.contoso.test:8080"/></defaultProxy>');
  expect(bare.notUnderstood).toMatchObject([{ why: expect.stringContaining('without http://') }]);
  expect(bare).toMatchObject({ direct: ['service'] });
  expect(bare.site).toBeUndefined();
  expect(config('<defaultProxy>').notUnderstood).toMatchObject([{ why: 'no XML' }]);
});

it('reads a hosts file, of which the first line about a name counts', () => {
  const text =
    '# ours\r\n127.0.0.1 localhost\r\n198.18.4.9  Intranet.contoso.test intranet # moved\r\n198.18.4.10 intranet\r\n';
  const importer = importerOf({ file: 'hosts', text });
  expect(importer?.format).toBe('hosts-file');
  expect(importer?.read({ file: 'hosts', text }, {})).toMatchObject({
    hosts: { 'intranet.contoso.test': '198.18.4.9', intranet: '198.18.4.9' },
    notUnderstood: [],
  });
});

it('takes the proxy that a PAC file names for one that is there', () => {
  const read = (text: string) => pacFile.read({ file: 'proxy.pac', text }, {});
  const pac = read(`function FindProxyForURL(url, host) {
  // return "PROXY old.contoso.test:8080";
  if (isInNet(myIpAddress(), "10.1.0.0", "255.255.0.0")) return "PROXY 127.0.0.1:9000";
  return "PROXY Proxy.contoso.test:8080; PROXY second.contoso.test; DIRECT";
}`);
  expect(pac.named).toEqual(['proxy.contoso.test:8080', 'second.contoso.test:80']);
  expect(pac.notUnderstood).toMatchObject([{ line: 3, why: expect.stringContaining('not judged') }]);
  expect(combine([pac], 'x').proxy).toEqual({ address: 'proxy.contoso.test:8080', 'used-by': [] });
  const told = config('<defaultProxy><proxy proxyaddress="http://p.test:8080"/></defaultProxy>');
  expect(combine([pac, told], 'x').proxy?.address).toBe('p.test:8080');
});

it('reads what netsh prints in other languages', () => {
  const proxyIn = (text: string) => {
    const source = { file: 'x.txt', text };
    return importerOf(source)?.read(source, {}).site?.proxy;
  };
  for (const text of [
    'Paramètres de proxy WinHTTP actuels :\n\n    Serveur(s) proxy :  Proxy.contoso.test:8080\n    Liste de contournement :  (aucun)\n',
    'Configuración actual del proxy WinHTTP:\n\n    Servidores proxy:  proxy.contoso.test:8080\n    Lista de omisión:  (ninguna)\n',
  ])
    expect(proxyIn(text)).toEqual({ address: 'proxy.contoso.test:8080', 'used-by': ['system'], bypass: [] });
});

it('does not judge what goes to a second proxy, which a site does not have', () => {
  const ofService = config('<defaultProxy><proxy proxyaddress="http://one.test:8080"/></defaultProxy>');
  const ofSystem = netsh('Current WinHTTP proxy settings:\n Proxy Server(s) : two.test:3128\n');
  const { proxy } = combine([ofService, ofSystem], 'x');
  expect(proxy).toMatchObject({ address: 'two.test:3128', 'used-by': ['system', 'service'] });
  expect(proxy?.rules).toMatchObject([
    { deny: 'any', unclear: expect.stringContaining('one.test:8080') },
    {},
  ]);
});

it('says of an attribute in capitals that .NET does not take it', () => {
  expect(config('<defaultProxy><proxy proxyAddress="http://a.test:8080"/></defaultProxy>')).toMatchObject({
    understood: 0,
    notUnderstood: [{ text: 'proxyAddress', why: expect.stringContaining('proxyaddress') }],
  });
});

it.each([
  ['hours', 'if (weekdayRange("SAT", "SUN")) return "DIRECT";', 'the hour'],
  [
    'addresses of the internet',
    'if (isInNet(dnsResolve(host), "20.190.128.0", "255.255.192.0")) return "DIRECT";',
    'internet',
  ],
  ['newer JavaScript', 'const own = host.endsWith(".test");', 'JScript'],
])('says that a PAC file goes by %s', (_, line, why) => {
  const text = `var FindProxyForURL = function (url, host) {\n${line}\nif (isInNet(host, "10.0.0.0", "255.0.0.0")) return "DIRECT";\nreturn "PROXY a.test:80";\n};\n`;
  expect(importerOf({ file: 'proxy.dat', text })).toBe(pacFile);
  expect(pacFile.read({ file: 'proxy.dat', text }, {}).notUnderstood).toMatchObject([
    { line: 2, why: expect.stringContaining(why) },
  ]);
});
