import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machineBase } from '../docker/base.js';
import { EmbeddedEngine } from '../harness/engines/embedded/embedded-engine.js';
import { services } from '../mocks/cloud/services.js';
import { type Device, devices } from '../model/evidence/vocabulary.js';
import { documentedSite } from '../model/site/documented.js';
import { parseSite } from '../model/site/read.js';
import { inspectionSchema } from '../model/site/schema.js';

/** The rows of the README's table of what is simulated, by what they begin with. */
const rows = [
  'names',
  'certificates',
  'registration',
  'the relay',
  'the connector',
  'Windows and .NET',
  'firewalls',
  'proxy',
  'TLS inspection',
  'resolver',
  'link',
  'applications and users',
  'Private Access',
] as const;
type Row = (typeof rows)[number];

/** Which row speaks of a device: a new device does not compile without one. */
const rowOfDevice: Record<Device, Row> = {
  server: 'Windows and .NET',
  resolver: 'resolver',
  'host-firewall': 'firewalls',
  'edge-firewall': 'firewalls',
  'syn-proxy': 'firewalls',
  proxy: 'proxy',
  'parent-proxy': 'proxy',
  inspector: 'TLS inspection',
  link: 'link',
  cloud: 'registration',
  'application-host': 'applications and users',
};

/** Services of the cloud that have rows of their own; all others are in that of the cloud. */
const rowOfService: Readonly<Record<string, Row>> = {
  relay: 'the relay',
  data: 'the relay',
  revocation: 'certificates',
  edge: 'applications and users',
  tunnel: 'Private Access',
  'private-access': 'Private Access',
};

/** Programs that the table names, by the package of the machines' image that brings them. */
const packageOf = {
  nftables: 'nftables',
  squid: 'squid-openssl',
  dnsmasq: 'dnsmasq-base',
  mitmproxy: 'mitmproxy',
};

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, table = ''] = /## What is simulated[^\n]*\n+((?:\|[^\n]*\n)+)/.exec(readme) ?? [];
const cells = table
  .trim()
  .split('\n')
  .slice(2)
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replace(/^\[([^\]]*)\]\([^)]*\)/, '$1')),
  );
const cellsOf = (row: Row) => cells.find(([what = '']) => what.startsWith(row))?.join(' | ') ?? '';

describe('the table of what is simulated, and how faithfully', () => {
  it('has the rows that devices and services are looked up in, and no others', () => {
    expect(cells.map(([what = '']) => rows.find((row) => what.startsWith(row)) ?? what)).toEqual(rows);
    for (const one of cells)
      expect(
        one.filter((cell) => cell !== ''),
        one[0],
      ).toHaveLength(3);
  });

  it('speaks of every device and every service that there is', () => {
    expect(Object.keys(rowOfDevice).toSorted()).toEqual(devices.toSorted());
    const names: readonly string[] = services.map(({ name }) => name);
    expect(Object.keys(rowOfService).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('names programs that the machines have, and all of those that can inspect', () => {
    for (const [program, name] of Object.entries(packageOf)) {
      expect(table, program).toContain(program);
      expect(machineBase.packages).toContain(name);
    }
    const { product } = inspectionSchema.shape;
    const others = product.unwrap().options.filter((one) => one !== 'node');
    expect(others.filter((one) => !cellsOf('TLS inspection').includes(one))).toEqual([]);
  });

  it('says of which engine something is, and the other one says so itself', () => {
    expect(cellsOf('link')).toContain('loss on containers only');
    expect(new EmbeddedEngine().cannot(documentedSite({ link: { loss: '10%' } }))).toContain('link.loss');
    expect(new EmbeddedEngine().cannot(documentedSite({ link: { 'round-trip': '40ms' } }))).toBeUndefined();
  });

  it('says that UDP is refused, and a site with a segment of it is', () => {
    expect(cellsOf('Private Access')).toMatch(/UDP .* is refused/);
    const segment = '{ to: files.contoso.test, ports: 445, protocol: udp }';
    const text = `site: x\nprivate-access: { quick-access: { segments: [${segment}] } }`;
    expect(() => parseSite(text, 'site.yaml')).toThrow('segments[0].protocol: unknown key');
    expect(parseSite(text.replace(', protocol: udp', ''), 'site.yaml')).toBeDefined();
  });
});
