import { expect, it } from 'vitest';
import { dotNetConfig } from './dot-net-config.js';
import { importerOf } from './index.js';
import { netshWinhttp } from './netsh-winhttp.js';

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
  expect(config('<defaultProxy enabled="false"/>')).toEqual({ understood: 1, notUnderstood: [] });
});

it('never repeats a password, and says what is no proxy', () => {
  const { notUnderstood } = config(
    '<defaultProxy><proxy proxyaddress="http://me:hunter2@proxy"/></defaultProxy>',
  );
  expect(notUnderstood).toMatchObject([{ line: 4, why: 'no http://host:port' }]);
  expect(JSON.stringify(notUnderstood)).not.toContain('hunter2');
  expect(
    config('<defaultProxy><proxy proxyaddress="proxy.contoso.test:8080"/></defaultProxy>').notUnderstood,
  ).toMatchObject([{ why: expect.stringContaining('without http://') }]);
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
