import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asRead, importSources } from '../harness/cli/import-file.js';
import { unified } from '../harness/cli/patched-file.js';
import { siteOfFiles } from '../harness/cli/site-of-files.js';
import { siteText } from '../harness/cli/site-to-write.js';
import { internetHosts } from '../harness/engines/internet.js';
import { edited } from '../model/patch/edit.js';
import { patchesOf } from '../model/patch/index.js';
import type { PatchOptions } from '../model/patch/patcher.js';
import { internetOf } from '../model/path/public-host.js';
import { cure } from '../model/repair/cure.js';
import { stopsOf } from '../model/repair/stops.js';
import { readSiteText } from '../model/site/read.js';
import { RuleSources } from '../model/verdict/rule-sources.js';

/** Sites that are made of a customer's files: a folder of `scenarios/sites` each. */
export const storiesFolder = fileURLToPath(new URL('../scenarios/sites', import.meta.url));

export interface Story {
  /** As they are named on the command line. */
  files: readonly string[];
  given?: PatchOptions;
  /** Lines that decide wrongly today; none where no line does: a default, or what is not a rule. */
  closedAt: readonly string[];
  /** The rule of the diagnosis that has to come first. */
  cause: string;
}

const addresses = { serverAddress: '10.20.1.11', proxyAddress: '10.20.0.5' };

/** By the names of their folders; what `check` must say of them has `site-verdicts.ts`. */
export const stories: Readonly<Record<string, Story>> = {
  'azure-classic-rules': { files: ['firewall.json'], closedAt: [], cause: 'path/silent-after-connect' },
  'azure-denied-before': {
    files: ['policy.json'],
    closedAt: ['policy.json:26'],
    cause: 'path/silent-after-connect',
  },
  'p01-squid-reads-tunnels': { files: ['squid.conf', 'proxy.pac'], closedAt: [], cause: 'tls/inspected' },
  'p02-nftables': {
    files: ['ruleset.nft'],
    given: { byPort: true },
    closedAt: ['ruleset.nft:10'],
    cause: 'path/reset',
  },
  'p02-packet-filter': {
    files: ['edge.rules'],
    given: { byPort: true },
    closedAt: ['edge.rules:8'],
    cause: 'path/refused',
  },
  'p02-squid-safe-ports': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:17'],
    cause: 'proxy/refuses',
  },
  'p03-pac-past-the-proxy': {
    files: ['squid.conf', 'edge.rules', 'proxy.pac'],
    given: addresses,
    closedAt: ['edge.rules:8'],
    cause: 'proxy/goes-past',
  },
  'p04-squid-asks-everybody': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:22'],
    cause: 'proxy/authentication',
  },
  'p07-squid-sign-in-page': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:22'],
    cause: 'proxy/refuses',
  },
  'p09-squid-from-a-trace': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:24'],
    cause: 'proxy/refuses',
  },
  'p10-azure-without-port-80': { files: ['policy.json'], closedAt: [], cause: 'path/dropped' },
  'p11-hosts-file': { files: ['hosts'], closedAt: [], cause: 'names/wrong-address' },
  'p13-squid-no-updates': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:21'],
    cause: 'proxy/refuses',
  },
  'p13-table-denies-first': { files: ['rules.csv'], closedAt: ['rules.csv:2'], cause: 'path/dropped' },
  'p15-table-one-label': { files: ['rules.tsv'], closedAt: [], cause: 'path/dropped' },
  'p17-table-without-relays': { files: ['request.csv'], closedAt: [], cause: 'path/dropped' },
  'p18-table-of-subdomains': { files: ['rules.csv'], closedAt: [], cause: 'path/dropped' },
  'pac-retired-proxy': { files: ['squid.conf', 'proxy.pac'], closedAt: [], cause: 'proxy/unreachable' },
  'squid-list-in-a-file': {
    files: ['squid.conf', 'allowed.txt', 'proxy.pac'],
    closedAt: ['squid.conf:13'],
    cause: 'proxy/refuses',
  },
  'squid-tunnels-elsewhere': {
    files: ['squid.conf', 'proxy.pac'],
    closedAt: ['squid.conf:18'],
    cause: 'proxy/refuses',
  },
};

/** What the files of a story say, or those that its patch makes of them. */
export async function readStory({ files, given = {} }: Story, texts: Readonly<Record<string, string>>) {
  const sources = files.map((file) => ({
    ...{ path: file, file },
    text: (texts[file] ?? '').replace(/\r\n?/g, '\n'),
  }));
  const imported = importSources(sources, given);
  const text = await siteText(siteOfFiles(imported, given), undefined);
  const site = await readSiteText(text, 'site.yaml');
  return { sources, imported, text, site, internet: internetOf(internetHosts(site)) };
}

/** The texts of a story's files, without the mark of UTF-8. */
export async function textsOf(name: string, { files }: Story): Promise<Record<string, string>> {
  const decoder = new TextDecoder();
  const texts = files.map(async (file) => [
    file,
    decoder.decode(await readFile(join(storiesFolder, name, file))),
  ]);
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
}

/** What has to change in a story, what its files become by that, and the patch. */
export async function fixStory(story: Story, texts: Readonly<Record<string, string>>) {
  const before = await readStory(story, texts);
  const { sources, imported, site, internet } = before;
  const { requests, incurable } = cure(site, internet);
  const { patches, leftOut } = patchesOf(
    asRead(sources, imported),
    site,
    { requests, stops: stopsOf(site, internet) },
    story.given ?? {},
  );
  const patched = { ...texts };
  for (const { file, edits } of patches) patched[file] = edited(texts[file] ?? '', edits);
  const diffs = patches.map(({ file }) => unified(file, texts[file] ?? '', patched[file] ?? ''));
  const rules = new RuleSources(site);
  const closedAt = rules.of(requests.flatMap((one) => one.rules)).map(({ file, line }) => `${file}:${line}`);
  return { ...before, requests, incurable, leftOut, patched, patch: diffs.join(''), closedAt };
}
