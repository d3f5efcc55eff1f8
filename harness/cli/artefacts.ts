import { renderHtml } from '../../reports/html/render.js';
import { renderJunit } from '../../reports/junit/junit.js';
import type { LabEvent } from '../evidence/event.js';
import type { RunResults } from '../verdict/results.js';

/** The reports that every run writes beside its results. */
export function artefacts(results: RunResults, events: readonly LabEvent[]): Record<string, string> {
  return { 'report.html': renderHtml(results, events), 'junit.xml': renderJunit(results) };
}
