import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type StackName, stacks } from '../../model/evidence/vocabulary.js';
import { dotNetConfig } from '../../model/import/dot-net-config.js';
import { netshWinhttp } from '../../model/import/netsh-winhttp.js';
import type { FoundSetting } from './proxy-settings.js';

/** The machine, as far as settings are looked for on it. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** What a program prints; undefined where it cannot be run. */
  run(program: string, ...args: string[]): Promise<string | undefined>;
  /** A file's text; undefined where there is none. */
  read(file: string): Promise<string | undefined>;
  /** Names of the files in a folder. */
  list(folder: string): Promise<string[]>;
}

const execute = promisify(execFile);
/** Milliseconds, and bytes. */
const bounds = { timeout: 20_000, maxBuffer: 4 * 1024 * 1024 };

export const here: Surroundings = {
  platform: process.platform,
  env: process.env,
  run: async (program, ...args) =>
    execute(program, args, bounds).then(
      ({ stdout }) => stdout,
      () => undefined,
    ),
  read: (file) => readFile(file, 'utf8').catch(() => undefined),
  list: (folder) => readdir(folder).catch(() => []),
};

/** What every stack of this machine is told, and where that was found. */
export interface FoundOnMachine {
  settings: Map<StackName, FoundSetting>;
  /** For people: one line each. */
  said: string[];
  /**
   * A PAC file that has to be fetched first, of these stacks: the first of these addresses that has one.
   * `isDetected`: nobody was told of it, it is looked for (WPAD), and that there is none is no fault.
   */
  script?: { urls: string[]; stacks: StackName[]; isDetected?: true };
}

/** Proxy settings as this machine has them. Nothing is changed. */
export async function findSettings(machine: Surroundings): Promise<FoundOnMachine> {
  return machine.platform === 'win32' ? onWindows(machine) : byEnvironment(machine);
}

/** Elsewhere there is one setting for all, that of every program. */
function byEnvironment({ env }: Surroundings): FoundOnMachine {
  const text = env.https_proxy ?? env.HTTPS_PROXY ?? '';
  const setting = placeIn(text, (env.no_proxy ?? env.NO_PROXY ?? '').split(',').map(suffixed));
  const told = setting ? `${setting.host}:${setting.port}` : 'no proxy';
  return {
    settings: new Map(stacks.map((stack) => [stack, setting ?? { kind: 'direct' }])),
    said: [`${told}, for every stack (${setting ? 'https_proxy' : 'https_proxy is not set'})`],
  };
}

/** `.contoso.test` means what is below it, too. */
function suffixed(entry: string): string {
  const name = entry.trim();
  return name.startsWith('.') ? `*${name}` : name;
}

async function onWindows(machine: Surroundings): Promise<FoundOnMachine> {
  const settings = new Map<StackName, FoundSetting>();
  const said: string[] = [];
  const tell = (stack: StackName, setting: FoundSetting, where: string) => {
    settings.set(stack, setting);
    said.push(`${inWords(setting)}, for the ${stack} stack (${where})`);
  };
  const winhttp = await machine.run('netsh', 'winhttp', 'show', 'proxy');
  const ofSystem =
    winhttp === undefined ? undefined : placeOf(netshWinhttp.read({ file: 'netsh', text: winhttp }, {}));
  tell('system', ofSystem ?? { kind: 'direct' }, 'netsh winhttp show proxy');
  const internet = readRegistry((await machine.run('reg', 'query', internetSettings)) ?? '');
  const ofBrowser: FoundSetting = (internet.get('ProxyEnable') === '0x1'
    ? placeIn(internet.get('ProxyServer') ?? '', (internet.get('ProxyOverride') ?? '').split(';'))
    : undefined) ?? { kind: 'direct' };
  tell('browser', ofBrowser, 'Internet settings of this account');
  const configs = await configsOf(machine);
  const asBrowser: StackName[] = ['browser'];
  for (const stack of ['service', 'updater'] as const) {
    const own = configs.find(({ of }) => of === stack) ?? configs.find(({ of }) => of === 'both');
    if (own) tell(stack, own.setting, own.file);
    else {
      tell(stack, ofBrowser, 'assumed: no .config has a proxy, and those of this account stand for its own');
      asBrowser.push(stack);
    }
  }
  tell('tunnel', settings.get('service') ?? { kind: 'direct' }, 'assumed: as the service');
  if (asBrowser.includes('service')) asBrowser.push('tunnel');
  const told = internet.get('AutoConfigURL');
  const detects = await isDetecting(machine);
  if (told === undefined && !detects) return { settings, said };
  if (detects) said.push('automatic detection of a proxy is on (WPAD), for this account');
  const urls = [...(detects ? await wpadAddresses(machine) : []), ...(told === undefined ? [] : [told])];
  return {
    settings,
    said,
    script: { urls, stacks: asBrowser, ...(told === undefined && { isDetected: true }) },
  };
}

/** The ninth byte of the account's settings has four switches; the fourth is that of automatic detection. */
async function isDetecting({ run }: Surroundings): Promise<boolean> {
  const text = (await run('reg', 'query', `${internetSettings}\\Connections`)) ?? '';
  const bytes = readRegistry(text).get('DefaultConnectionSettings') ?? '';
  return (Number.parseInt(bytes.slice(16, 18), 16) & 8) !== 0;
}

/** Where a machine looks by name: below its own domain, and as it is. DHCP is not asked. */
async function wpadAddresses({ run }: Surroundings): Promise<string[]> {
  const text = (await run('reg', 'query', tcpParameters)) ?? '';
  const values = readRegistry(text);
  const domain = values.get('Domain') ?? values.get('DhcpDomain');
  const names = [...(domain !== undefined && /^[\w.-]+$/.test(domain) ? [`wpad.${domain}`] : []), 'wpad'];
  return names.map((name) => `http://${name}/wpad.dat`);
}

const tcpParameters = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const internetSettings = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** `    ProxyEnable    REG_DWORD    0x1` */
function readRegistry(text: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [begin = '', name = ''] = /^\s+(\S+)\s+REG_\w+\s/.exec(line) ?? [];
      const value = line.slice(begin.length).trim();
      return name !== '' && value !== '' ? [[name, value] as const] : [];
    }),
  );
}

interface Config {
  of: 'service' | 'updater' | 'both';
  file: string;
  setting: FoundSetting;
}

/** Folders of the connector, the newer name first. */
const folders = ['Microsoft Entra private network connector', 'Microsoft AAD App Proxy Connector'].flatMap(
  (name) => [name, `${name} Updater`],
);

async function configsOf({ env, list, read }: Surroundings): Promise<Config[]> {
  const programs = `${env.ProgramFiles ?? 'C:\\Program Files'}\\`;
  const own = folders.map(async (folder) =>
    (await list(programs + folder))
      .filter((name) => /service\.exe\.config$/i.test(name))
      .map((name) => `${programs}${folder}\\${name}`),
  );
  const machine = `${env.SystemRoot ?? 'C:\\Windows'}\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config`;
  const found = [...(await Promise.all(own)).flat(), machine].map(async (file): Promise<Config[]> => {
    const text = await read(file);
    if (text === undefined || !/<defaultProxy\b/i.test(text)) return [];
    const of = file === machine ? 'both' : /updater/i.test(file) ? 'updater' : 'service';
    return [{ of, file, setting: placeOf(dotNetConfig.read({ file, text }, {})) ?? { kind: 'direct' } }];
  });
  return (await Promise.all(found)).flat();
}

function placeOf({ site }: ReturnType<typeof netshWinhttp.read>): FoundSetting | undefined {
  return site?.proxy && placeIn(site.proxy.address, [...(site.proxy.bypass ?? [])]);
}

/** `http://proxy.contoso.test:8080/`, `a:80`, `http=a:80;https=b:8080`: the one for https. Names in it are left out. */
export function placeIn(
  text: string,
  bypass: readonly string[],
): Extract<FoundSetting, { kind: 'proxy' }> | undefined {
  const entries = text.split(/[;\s]+/).filter((one) => one !== '');
  const wanted = entries.find((one) => /^https=/i.test(one)) ?? entries[0] ?? '';
  const [, host, port] = /^(?:\w+=)?(?:\w+:\/\/)?(?:[^@/]*@)?([\w.-]+):(\d{1,5})\/?$/.exec(wanted) ?? [];
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { kind: 'proxy', host, port: Number(port), bypass: bypass.filter((one) => one !== '') };
}

export function inWords(setting: FoundSetting): string {
  if (setting.kind === 'direct') return 'no proxy';
  return setting.kind === 'pac' ? 'a PAC file' : `${setting.host}:${setting.port}`;
}

/** Tenant of the connector that is installed here, where one is: Microsoft's own file says it. */
export async function tenantHere({ env, read }: Surroundings): Promise<string | undefined> {
  const folder = `${env.ProgramData ?? 'C:\\ProgramData'}\\Microsoft\\Microsoft Entra private network connector`;
  const text = await read(`${folder}\\Endpoints\\endpoints.txt`);
  return /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.bootstrap\./i.exec(text ?? '')?.[1];
}
