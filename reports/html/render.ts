import { createHash } from 'node:crypto';
import type { LabEvent } from '../../harness/evidence/event.js';
import { outcomes, type RunResults } from '../../harness/verdict/results.js';
import { buildModel, type ReportModel } from '../model.js';
import { type Html, html, verbatim } from './escape.js';
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
  const policy = `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title(model)}</title>
<style>${verbatim(style)}</style></head><body>
<main>${overview(model)}
<section id="scenarios"><h2>${model.isCheck ? 'The site' : 'Scenarios'}</h2>
${!model.isCheck && filters(results)}
${model.scenarios.map((one) => scenarioSection(one, model))}</section></main>
<script>${verbatim(script)}</script></body></html>
`.text;
}

function title({ isCheck, results: { summary } }: ReportModel): string {
  if (isCheck) return 'Site check, connector-lab';
  return `${summary.passed} passed, ${summary.failed} failed, connector-lab`;
}

function filters({ scenarios }: RunResults): Html {
  const present = outcomes.filter((outcome) => scenarios.some((one) => one.outcome === outcome));
  return html`<div class="tools"><input id="text" type="search" placeholder="Filter by words, host or requirement" aria-label="Filter scenarios"><select id="outcome" aria-label="Outcome"><option value="">every outcome</option>${present.map((one) => html`<option>${one}</option>`)}</select><span id="count" class="quiet" role="status"></span></div>`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
