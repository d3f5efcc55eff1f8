import { chmod, mkdir, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { siteJsonSchema } from './json-schema.js';
import { parseSite, readSite } from './read.js';

const samples = new URL('../../scenarios/sites/', import.meta.url);
const folder = () => mkdtemp(join(tmpdir(), 'connector-lab-site-'));

describe('a site file', () => {
  it('says nothing and is as documented', () => {
    const site = parseSite('site: Contoso', 'site.yaml');
    expect(site.firewall.default).toBe('drop');
    expect(site.firewall.rules).toContainEqual({ allow: '*.msappproxy.net', port: 443 });
    expect(site.firewall.rules).toHaveLength(25);
    expect(site.servers[0]?.name).toBe('app-proxy-01');
  });

  it.each(['documented.yaml', 'contoso-headquarters.yaml', 'three-mistakes.yaml'])(
    '%s is good for us and for editors',
    async (name) => {
      const text = await readFile(new URL(name, samples), 'utf8');
      expect(() => parseSite(text, name)).not.toThrow();
      const validate = new Ajv2020.Ajv2020({
        strict: false,
        formats: { uri: true, date: true, uuid: true },
      }).compile(siteJsonSchema());
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ site: 'x', firewal: {} })).toBe(false);
    },
  );

  it('of every customer can be read', async () => {
    for (const name of (await readdir(samples, { recursive: true })).filter((one) => one.endsWith('.yaml')))
      await expect(readSite(new URL(name, samples).pathname)).resolves.toBeDefined();
  });

  it('has a schema for editors that is up to date', async () => {
    const written = await readFile(new URL('./site.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(written)).toEqual(siteJsonSchema());
  });
});

it('reads what Windows writes in UTF-16', async () => {
  const file = join(await folder(), 'wide.yaml');
  await writeFile(file, Buffer.from('\uFEFFsite: Übersee\n', 'utf16le'));
  expect((await readSite(file)).site).toBe('Übersee');
});

describe('a file that is none', () => {
  it('is named with what it is', async () => {
    const at = await folder();
    await expect(readSite(at)).rejects.toThrow('is a folder');
    await expect(readSite(join(at, 'none.yaml'))).rejects.toThrow('there is no such file');
    await writeFile(join(at, 'bytes'), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]));
    await expect(readSite(join(at, 'bytes'))).rejects.toThrow('is not text');
    await writeFile(join(at, 'odd'), Buffer.from([0xfe, 0xff, 0xd8, 0x00]));
    await expect(readSite(join(at, 'odd'))).rejects.toThrow('is not text');
    await writeFile(join(at, 'huge.yaml'), 'site: x\n');
    await truncate(join(at, 'huge.yaml'), 100 * 1024 * 1024);
    await expect(readSite(join(at, 'huge.yaml'))).rejects.toThrow(
      'is 100.0 MiB; a site file may have 8 MiB at most',
    );
  });

  it.skipIf(process.platform === 'win32')('is not read when it has no end', async () => {
    await expect(readSite('/dev/zero')).rejects.toThrow('is a pipe or device');
  });

  it.skipIf(process.getuid?.() === 0)('says so when it may not be read', async () => {
    const at = join(await folder(), 'closed');
    await mkdir(at);
    await chmod(at, 0);
    await expect(readSite(join(at, 'site.yaml'))).rejects.toThrow('no permission');
  });
});
