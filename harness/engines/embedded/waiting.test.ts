import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import { EmbeddedEngine } from './embedded-engine.js';

const startAt = Date.UTC(2026, 10, 25);

/** Every attempt of an installation, with what it waited for, in the site of these parts. */
async function attemptsIn(parts: Parameters<typeof documentedSite>[0]) {
  await using engine = new EmbeddedEngine();
  const events: LabEvent[] = [];
  const record = (event: LabEvent) => void events.push(event);
  await using lab = await engine.open(documentedSite(parts), { scenario: 'waiting', startAt, record });
  await lab.perform({ do: 'operate', server: 'app-proxy-01', operation: 'install' });
  const found = events.flatMap((event) => (event.kind === 'attempt' ? [event] : []));
  const said = events.flatMap((event) =>
    event.kind === 'decision' && event.action === 'send' ? [event] : [],
  );
  return { found, said };
}

it('a proxy that is gone costs its time-out at every connection, and nothing else', async () => {
  const file = 'function FindProxyForURL() { return "PROXY 203.0.113.9:3128; DIRECT"; }';
  const { found, said } = await attemptsIn({ pac: { file } });
  expect(found.length).toBeGreaterThan(0);
  for (const { outcome, waitedMs } of found) expect([outcome, waitedMs]).toEqual(['ok', 21_000]);
  const [first] = said;
  expect(first).toMatchObject({
    device: 'server',
    rule: 'pac PROXY 203.0.113.9:3128; DIRECT',
    machine: 'app-proxy-01',
  });
  expect(found.map(({ connection }) => connection)).toContain(first?.connection);
});

it('so does a host wpad that hangs, and none that is absent', async () => {
  const { found } = await attemptsIn({ wpad: { state: 'hangs' } });
  expect(new Set(found.map(({ waitedMs }) => waitedMs))).toEqual(new Set([21_000]));
  const absent = await attemptsIn({ wpad: {} });
  expect(new Set(absent.found.map(({ waitedMs }) => waitedMs))).toEqual(new Set([undefined]));
});

it('so does a dead way of IPv6; one that refuses costs nothing', async () => {
  const silent = await attemptsIn({ link: { ipv6: 'silent' } });
  for (const { outcome, waitedMs } of silent.found) expect([outcome, waitedMs]).toEqual(['ok', 21_000]);
  const refused = await attemptsIn({ link: { ipv6: 'refused' } });
  expect(new Set(refused.found.map(({ waitedMs }) => waitedMs))).toEqual(new Set([undefined]));
});
