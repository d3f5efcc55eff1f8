import { gzipSync } from 'node:zlib';
import { cleanJson } from './clean.js';
import type { ScenarioDetail } from './report.js';

/** A scenario's detail as the page holds it. */
export function pack(detail: ScenarioDetail): string {
  // A run waits for this, and a higher level saves little: events are very alike.
  return gzipSync(cleanJson(detail), { level: 4 }).toString('base64');
}
