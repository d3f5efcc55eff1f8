import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSite } from '../read.js';
import { readPublishedList } from './published-list.js';
import { publishedText, smallTags } from './testing.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'service-tags-'));
  const files: Record<string, string> = {
    'ServiceTags_Public_20250728.json': `\uFEFF${publishedText().replaceAll('\n', '\r\n')}`,
    'ServiceTags_Public_20250630.json': publishedText({ ...smallTags, ServiceBus: ['13.69.64.64/29'] }),
    'other-cloud.json': publishedText(smallTags, { cloud: 'AzureGovernment' }),
    'cut.json': publishedText().slice(0, 900),
    'cut-in-a-word.json': publishedText().slice(0, publishedText().indexOf('europe') + 3),
    'page.json': '<!DOCTYPE html><html></html>',
    'typo.json': publishedText().replace('"name": "AzureCloud"', '"name" "AzureCloud"'),
    'empty.json': ' \n',
    'list.json': '[]',
    'no-values.json': '{ "cloud": "Public", "value": [] }',
    'no-prefixes.json': publishedText().replace('"addressPrefixes"', '"addressPrefix"'),
    'wrong-prefix.json': publishedText().replace('13.69.64.64/29', '13.69.64.64/39'),
    'nothing-of-ours.json': publishedText({ Storage: ['20.150.0.0/18'] }),
    'undated.json': publishedText(),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

async function read(site: string) {
  const file = join(folder, 'site.yaml');
  await writeFile(file, `site: x\n${site}\n`);
  return readSite(file);
}

const dated = 'service-tags: ServiceTags_Public_20250728.json';

describe('a published list', () => {
  it('is read from beside the site file, with the date in its name', async () => {
    const { firewall } = await read(`${dated}\nfirewall: { rules: [{ allow: ServiceBus.WestEurope }] }`);
    expect(firewall.rules[0]).toMatchObject({
      match: 'service-tag',
      means: { list: 'the list of 2025-07-28', shares: { 'ServiceBus.WestEurope': 1 } },
    });
  });

  it.each([
    ['{ file: undated.json, date: 2025-07-28 }', 'the list of 2025-07-28'],
    ['undated.json', 'the list with change number 364'],
    ['[ServiceTags_Public_20250728.json, ServiceTags_Public_20250630.json]', 'the list of 2025-07-28'],
  ])('is named as %s', async (named, title) => {
    const { firewall } = await read(`service-tags: ${named}\nfirewall: { rules: [{ allow: ServiceBus }] }`);
    expect(firewall.rules[0]).toMatchObject({ means: { list: title } });
  });

  it('of an earlier day is taken for a rule of that day', async () => {
    const { firewall } = await read(
      'service-tags: [ServiceTags_Public_20250630.json, ServiceTags_Public_20250728.json]\n' +
        'firewall: { rules: [{ allow: ServiceBus, as-of: 2025-07-27 }, { allow: ServiceBus }] }',
    );
    expect(firewall.rules).toMatchObject([
      { means: { list: 'the list of 2025-06-30' } },
      { means: { list: 'the list of 2025-07-28' } },
    ]);
  });

  it('is not there', async () => {
    const { firewall } = await read('firewall: { rules: [{ allow: 20.33.0.0/16 }, { allow: ServiceBus }] }');
    expect(firewall.rules).toEqual([
      { allow: '20.33.0.0/16', port: 'any' },
      { allow: 'ServiceBus', port: 'any' },
    ]);
  });

  it('tells no more of what it says than a line holds', () => {
    const cloud = (name: string) =>
      JSON.stringify({ cloud: name, values: [{ name: 'x', properties: { addressPrefixes: [] } }] });
    expect(() => readPublishedList(cloud('x'.repeat(50_000)), 'public')).toThrow(
      /^cloud: is the list of "x{42} … x{15}", and the site is in the cloud "Public"; take ServiceTags_Public_\*\.json$/,
    );
    const prefix = JSON.stringify({
      cloud: 'Public',
      values: [{ name: 'x', properties: { addressPrefixes: ['y'.repeat(50_000)] } }],
    });
    expect(() => readPublishedList(prefix, 'public').addressesOf('x')).toThrow(
      /^"x", addressPrefixes\[0\]: "y+ … y.{0,80}$/,
    );
  });

  it.each([
    ['missing.json', 'site.yaml:2:1: service-tags: missing.json: there is no such file'],
    ['.', 'is a folder, not a list of service tags'],
    [
      'other-cloud.json',
      'cloud: is the list of "AzureGovernment", and the site is in the cloud "Public"; take ServiceTags_Public_*.json',
    ],
    ['cut.json', /cut\.json: is cut off: it ends in line \d+, column \d+, in the middle of the list/],
    ['cut-in-a-word.json', 'is cut off: it ends in line'],
    ['page.json', 'is a web page or XML, not JSON'],
    ['typo.json', /is not JSON: line \d+, column \d+: Expected ':'/],
    ['empty.json', 'is empty'],
    ['list.json', 'list.json: '],
    ['no-values.json', 'values: is missing; it has "value" in its place'],
    [
      'no-prefixes.json',
      'values[0].properties.addressPrefixes: is missing; it has "addressPrefix" in its place',
    ],
    ['wrong-prefix.json', '"13.69.64.64/39" is not an address, a CIDR or a range'],
    ['nothing-of-ours.json', 'has none of the tags in which documented hosts are'],
    ['{ file: undated.json, dat: 2025-07-28 }', 'service-tags.dat: unknown key; did you mean "date"?'],
    ['[undated.json, empty.json]', 'service-tags[1]: empty.json: is empty'],
  ])('is refused as %s', async (named, words) => {
    await expect(read(`service-tags: ${named}`)).rejects.toThrow(words);
  });

  it.each([
    ['{ allow: AppProxy }', 'no service tag is called "AppProxy"; the service has none of its own'],
    ['{ allow: AzureCloud.westeurop }', 'did you mean "AzureCloud.westeurope"? (the list of 2025-07-28)'],
    ['{ allow: Sql }', 'no service tag is called "Sql"'],
    [
      '{ allow: ServiceBus, as-of: 2024-01-01 }',
      'no list is of 2024-01-01 or before; the oldest is of 2025-07-28',
    ],
    [
      '{ allow: 20.9.0.0-20.8.0.0 }',
      '"20.9.0.0-20.8.0.0" ends before it begins; did you mean "20.8.0.0-20.9.0.0"?',
    ],
  ])('says that %s is wrong', async (rule, words) => {
    await expect(read(`${dated}\nfirewall: { rules: [${rule}] }`)).rejects.toThrow(words);
  });
});
