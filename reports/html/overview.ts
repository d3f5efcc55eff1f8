import type { RequirementResults } from '../../harness/verdict/results.js';
import { anchorOf, type ReportModel } from '../model.js';
import { type Html, html } from './escape.js';

const order = { broken: 0, holds: 1, unproven: 2 } as const;

/** What this is, what it says in numbers, and the verdict on every requirement. */
export function overview({ results }: ReportModel): Html {
  const { summary, requirements, engine, edition, startedAt, durationMs, partial } = results;
  const documented = requirements.filter(({ hidden }) => !hidden);
  const hidden = requirements.filter((one) => one.hidden);
  const count = (verdict: RequirementResults['verdict']) =>
    documented.filter((one) => one.verdict === verdict).length;
  return html`<header><h1>What the connector's network must let through</h1>
<p>A simulated Microsoft Entra private network connector was run in a simulated site, in front of a mock cloud, with real TLS, HTTP and WebSocket traffic. Each documented requirement was proved by a pair in one lab: with it met the operation works; with exactly that one thing taken away it fails in the named way, at the named device; put back, it works again.</p>
${partial ? html`<p class="reason"><strong>This run was interrupted.</strong> Only what had finished is here.</p>` : ''}
<dl class="facts"><div><dt>Requirements that hold</dt><dd>${count('holds')}</dd></div><div><dt>Broken</dt><dd class="${count('broken') > 0 ? 'bad' : ''}">${count('broken')}</dd></div><div><dt>Not proved yet</dt><dd>${count('unproven')}</dd></div><div><dt>Scenarios passed</dt><dd>${summary.passed}</dd></div><div><dt>Failed</dt><dd class="${summary.failed > 0 ? 'bad' : ''}">${summary.failed}</dd></div><div><dt>Skipped</dt><dd>${summary.skipped}</dd></div></dl>
<p class="quiet">Engine: ${engine}. Requirements page of ${edition}. Run of ${startedAt.replace('T', ' ').slice(0, 19)} UTC, ${(durationMs / 1000).toFixed(1)} s.</p></header>
<section><h2>Requirements</h2>${table(documented)}</section>
<section><h2>Beyond the page</h2><p>What connectors need although the page does not say so. Kept apart from what is documented.</p>${table(hidden)}</section>`;
}

function table(requirements: readonly RequirementResults[]): Html {
  const sorted = [...requirements].sort((a, b) => order[a.verdict] - order[b.verdict]);
  return html`<div class="scroll"><table class="requirements"><thead><tr><th>Verdict</th><th>Requirement</th><th>Strength</th><th>Section of the page</th><th>Proved by</th></tr></thead><tbody>
${sorted.map((one) => html`<tr id="r-${one.id}"><td><span class="badge ${one.verdict}">${one.verdict}</span></td><td>${one.statement}<br><code>${one.id}</code>${one.interpreted ? html`<br><span class="quiet">interpreted: ${one.interpreted}</span>` : ''}</td><td>${one.strength}</td><td>${one.section}</td><td>${proofs(one.provedBy)}</td></tr>`)}
</tbody></table></div>`;
}

function proofs(ids: readonly string[]): Html {
  const links = (some: readonly string[]) => some.map((id) => html`<a href="#${anchorOf(id)}">${id}</a> `);
  if (ids.length <= 4) return html`${links(ids)}`;
  return html`<details><summary>${ids.length} scenarios</summary>${links(ids)}</details>`;
}
