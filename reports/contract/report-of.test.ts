import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../../model/evidence/event.js';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import { sample } from '../../model/verdict/sample/sample.js';
import type { ScenarioDetail } from './report.js';
import { reportOf } from './report-of.js';

function detailsOf(results: RunResults, events: readonly LabEvent[]): ScenarioDetail[] {
  return reportOf(results, evidenceOf(events)).details.map((text) =>
    JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()),
  );
}

describe('reportOf', () => {
  it('finds the decision behind the result, its number, and the way of the connection there', () => {
    const { results, events } = sample();
    const [first] = detailsOf(results, events);
    const [decisive] = first?.decisives ?? [];
    expect(decisive?.why).toContain('the name is below');
    expect(
      decisive?.hops.map(({ where, what, number, decides, event }) => [where, what, number, decides, event]),
    ).toEqual([
      ['app-proxy-01', 'CONNECT', undefined, false, 'e2'],
      ['host-firewall', 'ALLOW', undefined, false, 'e3'],
      ['edge-firewall', 'DROP', 1, true, 'e4'],
    ]);
  });

  it('walks through a proxy to the connection that it opened, and not in circles', () => {
    const { results, events } = sample();
    const flow = { host: 'h', address: '198.18.66.1', port: 443 };
    const stamp = { scenario: 'verify/signalling', phase: 'change', at: 0, wallMs: 0 } as const;
    const opened = (id: string, machine: string, connection: string, parent: string): LabEvent => ({
      ...{ ...stamp, ...flow, id, machine, kind: 'connection', connection, parent },
    });
    const [scenario] = detailsOf(results, [
      opened('p1', 'app-proxy-01', 'c0', 'c1'),
      opened('p2', 'proxy', 'c1', 'c0'),
      ...events.filter(({ kind }) => kind !== 'connection'),
    ]);
    expect(scenario?.decisives[0]?.hops.map(({ where }) => where)).toEqual([
      ...['app-proxy-01', 'proxy', 'host-firewall', 'edge-firewall'],
    ]);
  });

  it('draws each connection as far as it came, through the devices that saw it', () => {
    const { results, events } = sample();
    const [first] = detailsOf(results, events);
    expect(first?.drawing?.devices.map(({ device }) => device)).toEqual(['host-firewall', 'edge-firewall']);
    expect(first?.drawing?.phases.map(({ phase }) => phase)).toEqual(['change']);
    expect(first?.drawing?.phases[0]?.connections).toEqual([
      {
        server: 'app-proxy-01',
        account: 'network-service',
        operations: ['listen'],
        host: '*.servicebus.windows.net',
        port: 443,
        via: ['host-firewall', 'edge-firewall'],
        result: 'tcp-drop',
        device: 'edge-firewall',
        rule: 'deny *.servicebus.windows.net',
        count: 1,
        event: 'e5',
      },
    ]);
  });

  it('puts hosts beside operations: how each failed, and in which scenario', () => {
    const { results, events } = sample();
    expect(reportOf(results, evidenceOf(events)).report.matrix).toEqual([
      expect.objectContaining({
        host: '*.servicebus.windows.net',
        documented: true,
        accounts: ['network-service'],
        cells: [
          { operation: 'listen', ok: 0, failed: [{ result: 'tcp-drop', scenarios: ['verify/signalling'] }] },
        ],
      }),
    ]);
  });

  it('keeps every event, without what is said elsewhere', () => {
    const { results, events } = sample();
    const [first] = detailsOf(results, events);
    expect(first?.timeline.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(reportOf(results, evidenceOf(events)).report.omittedEvents).toBe(0);
  });

  it('leaves out what tells least when there is too much of it, and never what results cite', () => {
    const { results, events } = sample();
    const [scenario] = results.scenarios;
    if (!scenario) throw new Error('the sample has no scenario');
    // Nothing about noise can be told shorter.
    const noise = (seed: string) => createHash('shake256', { outputLength: 1900 }).update(seed).digest('hex');
    const many: RunResults = {
      ...results,
      scenarios: Array.from({ length: 20 }, (_, index) => ({ ...scenario, id: `n/${index}` })),
    };
    const loud = many.scenarios.flatMap(({ id }): LabEvent[] => [
      ...events.map((event) => ({ ...event, scenario: id })),
      ...Array.from({ length: 20 }, (_, at): LabEvent => {
        const stamp = { id: `n${at}`, scenario: id, phase: 'change', machine: 'm', at, wallMs: 0 } as const;
        return { kind: 'step', text: noise(`${id} ${at}`), ...stamp };
      }),
    ]);
    const { report, details } = reportOf(many, evidenceOf(loud), 300_000);
    expect(details.join('').length).toBeLessThan(330_000);
    expect(report.omittedEvents).toBeGreaterThan(0);
    const last = JSON.parse(gunzipSync(Buffer.from(details.at(-1) ?? '', 'base64')).toString());
    expect(last.timeline.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['e4', 'e5', 'e6']),
    );
  });
});
