import { describe, expect, it } from 'vitest';
import { findSettings, placeIn, type Surroundings, tenantHere } from './find-settings.js';

/** A machine that has these programs and files. */
function machine(parts: {
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
  prints?: Record<string, string>;
  files?: Record<string, string>;
}): Surroundings {
  const { platform = 'win32', env = {}, prints = {}, files = {} } = parts;
  return {
    platform,
    env,
    run: async (program, ...args) => prints[[program, ...args].join(' ')],
    read: async (file) => files[file],
    list: async (folder) =>
      Object.keys(files).flatMap((file) =>
        file.startsWith(`${folder}\\`) ? [file.slice(folder.length + 1)] : [],
      ),
  };
}

const internet = 'reg query HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const service =
  'C:\\Program Files\\Microsoft Entra private network connector\\MicrosoftEntraPrivateNetworkConnectorService.exe.config';
const config = (proxy: string) =>
  `<configuration><system.net><defaultProxy>${proxy}</defaultProxy></system.net></configuration>`;

describe('proxy settings of Windows', () => {
  it('are of each stack what that stack reads', async () => {
    const { settings, said } = await findSettings(
      machine({
        prints: {
          'netsh winhttp show proxy':
            'Current WinHTTP proxy settings:\r\n\r\n    Proxy Server(s) :  old.contoso.test:3128\r\n    Bypass List     :  *.contoso.test\r\n',
          [internet]:
            '\r\nHKEY_CURRENT_USER\\Software\r\n    ProxyEnable    REG_DWORD    0x1\r\n    ProxyServer    REG_SZ    http=a.contoso.test:80;https=b.contoso.test:8443\r\n    ProxyOverride    REG_SZ    <local>;10.*\r\n',
        },
        files: { [service]: config('<proxy proxyaddress="http://c.contoso.test:8080" />') },
      }),
    );
    expect(settings.get('system')).toEqual({
      ...{ kind: 'proxy', host: 'old.contoso.test', port: 3128 },
      bypass: ['*.contoso.test'],
    });
    expect(settings.get('browser')).toMatchObject({ host: 'b.contoso.test', bypass: ['<local>', '10.*'] });
    expect(settings.get('service')).toMatchObject({ host: 'c.contoso.test', port: 8080 });
    expect(settings.get('tunnel')).toMatchObject({ host: 'c.contoso.test' });
    // Nobody says anything of the updater: what stands for it is said to be assumed.
    expect(settings.get('updater')).toMatchObject({ host: 'b.contoso.test' });
    expect(said.filter((line) => line.includes('assumed'))).toHaveLength(2);
  });

  it('are direct where a setting is there and switched off', async () => {
    const { settings, script } = await findSettings(
      machine({
        prints: {
          [internet]:
            '    ProxyEnable    REG_DWORD    0x0\r\n    ProxyServer    REG_SZ    b.contoso.test:8443\r\n    AutoConfigURL    REG_SZ    http://wpad.contoso.test/proxy.pac\r\n',
        },
        files: { [service]: config('').replace('<defaultProxy', '<defaultProxy enabled="false"') },
      }),
    );
    for (const stack of ['system', 'browser', 'service'] as const)
      expect(settings.get(stack)).toEqual({ kind: 'direct' });
    expect(script).toEqual({
      urls: ['http://wpad.contoso.test/proxy.pac'],
      stacks: ['browser', 'updater'],
    });
  });

  it.each([
    ['09', true],
    ['01', false],
    ['0b', true],
  ])('look for a proxy where the account does: switches %s', async (switches, detects) => {
    const domain = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
    const { script, said } = await findSettings(
      machine({
        prints: {
          [`${internet}\\Connections`]: `    DefaultConnectionSettings    REG_BINARY    4600000005000000${switches}00000000000000\r\n`,
          [`reg query ${domain}`]: '    Domain    REG_SZ    contoso.test\r\n',
        },
        files: {},
      }),
    );
    expect(script).toEqual(
      detects
        ? {
            urls: ['http://wpad.contoso.test/wpad.dat', 'http://wpad/wpad.dat'],
            stacks: ['browser', 'service', 'updater', 'tunnel'],
            isDetected: true,
          }
        : undefined,
    );
    expect(said.some((line) => line.includes('WPAD'))).toBe(detects);
  });

  it('the tenant is the installed connector’s', async () => {
    const file =
      'C:\\ProgramData\\Microsoft\\Microsoft Entra private network connector\\Endpoints\\endpoints.txt';
    const tenant = '11111111-2222-3333-4444-555555555555';
    const files = { [file]: `{"a":"https://${tenant}.bootstrap.msappproxy.net/"}` };
    expect(await tenantHere(machine({ files }))).toBe(tenant);
    expect(await tenantHere(machine({}))).toBeUndefined();
  });
});

it('elsewhere it is the environment’s, without name and password', async () => {
  const { settings, said } = await findSettings(
    machine({
      platform: 'linux',
      env: { https_proxy: 'http://me:secret@proxy.contoso.test:8080/', no_proxy: '.contoso.test, localhost' },
    }),
  );
  expect(settings.get('service')).toEqual({
    ...{ kind: 'proxy', host: 'proxy.contoso.test', port: 8080 },
    bypass: ['*.contoso.test', 'localhost'],
  });
  expect(said.join()).not.toContain('secret');
});

it.each(['', 'proxy.contoso.test', 'proxy:99999', 'a b'])('"%s" is no proxy', (text) =>
  expect(placeIn(text, [])).toBeUndefined(),
);
