import { createHash } from 'node:crypto';
import type { LabEvent } from '../../harness/evidence/event.js';
import type { RunResults } from '../../harness/verdict/results.js';
import { buildModel } from '../model.js';
import { html, verbatim } from './escape.js';
import { overview } from './overview.js';
import { scenarioSection } from './scenario.js';
import { script } from './script.js';
import { style } from './style.js';

/**
 * The report: one file that opens from disk and loads nothing. Its policy lets only this very style
 * and script run, so that nothing captured can.
 */
export function renderHtml(results: RunResults, events: readonly LabEvent[]): string {
  const model = buildModel(results, events);
  const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}"><title>connector-lab report</title>
<style>${verbatim(style)}</style></head><body>
<main>${overview(model)}
<section><h2>Scenarios</h2><div class="tools"><input id="text" type="search" placeholder="Filter by words, host or requirement" aria-label="Filter scenarios"><select id="outcome" aria-label="Outcome"><option value="">every outcome</option><option>passed</option><option>failed</option><option>skipped</option></select><span id="count" class="quiet" role="status"></span></div>
${model.scenarios.map(scenarioSection)}</section></main>
<script>${verbatim(script)}</script></body></html>
`.text;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
