import { stacks } from '../../model/evidence/vocabulary.js';
import { readText, UnreadableError } from '../../model/site/read-text.js';
import { type FoundOnMachine, placeIn } from '../probe/find-settings.js';
import type { FoundSetting } from '../probe/proxy-settings.js';
import { UsageError } from './usage-error.js';

export interface ProxyFlags {
  proxy?: string;
  bypass?: string[];
  pac?: string;
  direct?: true;
}

const pacFile = { is: 'a PAC file', ending: '.pac', most: 1 };
/** Milliseconds, and characters. */
const script = { patience: 5000, longest: 1_000_000 };

/** What the command line says of proxies, for every stack; undefined: nothing. @throws UsageError */
export async function toldSettings(flags: ProxyFlags): Promise<FoundOnMachine | undefined> {
  const setting = await settingOf(flags);
  return (
    setting && {
      settings: new Map(stacks.map((stack) => [stack, setting])),
      said: [`${flags.proxy ?? flags.pac ?? 'none'}, for every stack (as told)`],
    }
  );
}

async function settingOf({ proxy, bypass = [], pac, direct }: ProxyFlags): Promise<FoundSetting | undefined> {
  if ([proxy, pac, direct].filter((one) => one !== undefined).length > 1)
    throw new UsageError('of --proxy, --pac and --direct only one can be true');
  if (direct) return { kind: 'direct' };
  if (pac !== undefined) return { kind: 'pac', text: await textOf(pac) };
  if (proxy === undefined) return undefined;
  const place = placeIn(proxy, bypass);
  if (!place) throw new UsageError('--proxy has to be host:port');
  return place;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readText(file, pacFile);
  } catch (error) {
    if (error instanceof UnreadableError) throw new UsageError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Fetches the PAC file that this machine is told of, or finds. Where none comes, those stacks stay as they are, as on Windows. */
export async function fetchScript({ script: told, settings }: FoundOnMachine): Promise<void> {
  if (!told) return;
  const text = await firstOf(told.urls);
  if (text === undefined)
    return void process.stderr.write(
      told.isDetected
        ? 'Automatic detection finds no proxy.\n'
        : 'The PAC file of this machine could not be fetched.\n',
    );
  for (const stack of told.stacks) settings.set(stack, { kind: 'pac', text: text.slice(0, script.longest) });
}

/** A page of somebody who answers for every name is no PAC file. */
async function firstOf(urls: readonly string[]): Promise<string | undefined> {
  for (const url of urls) {
    const text = await fetch(url, { signal: AbortSignal.timeout(script.patience) })
      .then((reply) => (reply.ok ? reply.text() : undefined))
      .catch(() => undefined);
    if (text?.includes('FindProxyForURL')) return text;
  }
  return undefined;
}
