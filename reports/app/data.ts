import { type Signal, signal } from '@preact/signals';
import type { Report, ScenarioDetail } from '../contract/report.js';

/** The report that was put into this page. */
export const report: Report = JSON.parse(textOf('report') || 'null') ?? nothing();

export const scenarioById = new Map(report.scenarios.map((one) => [one.id, one]));
export const requirementById = new Map(report.requirements.map((one) => [one.id, one]));

const positions = new Map(report.scenarios.map(({ id }, position) => [id, position]));
let packed: string[] | undefined;
const unpacked = new Map<string, Signal<ScenarioDetail | undefined>>();

/** A scenario's detail; undefined until it is unpacked. */
export function detailOf(id: string): Signal<ScenarioDetail | undefined> {
  const known = unpacked.get(id);
  if (known) return known;
  const detail = signal<ScenarioDetail | undefined>(undefined);
  unpacked.set(id, detail);
  packed ??= textOf('details').split('\n');
  const text = packed[positions.get(id) ?? -1];
  if (text)
    void unpack(text).then((value) => {
      detail.value = value;
    });
  return detail;
}

async function unpack(text: string): Promise<ScenarioDetail> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

/** The page as it was built, before a report was put into it. */
function nothing(): Report {
  return {
    isCheck: false,
    closing: '',
    deviates: false,
    run: {
      engine: 'embedded',
      edition: '',
      startedAt: new Date(0).toISOString(),
      durationMs: 0,
      summary: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
    },
    requirements: [],
    scenarios: [],
    matrix: [],
    measurements: [],
    requests: [],
    rules: [],
    omittedEvents: 0,
  };
}
