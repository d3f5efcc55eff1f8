import { inWords } from '../duration.js';
import type { ReportModel, ScenarioModel } from '../model.js';
import { decisiveSection } from './decisive.js';
import { breakable, type Html, html } from './escape.js';
import { phaseColumns } from './phases.js';
import { picture } from './picture.js';
import { timelineSection } from './timeline.js';

/** One scenario: what it proves, the picture, who decided, expected beside observed, what happened. */
export function scenarioSection(
  { scenario, anchor, requirements, site, rows, rowsLeftOut, decisives, timeline }: ScenarioModel,
  { isCheck, requirementAnchors }: ReportModel,
): Html {
  const { id, title, outcome, reason, durationMs, phases } = scenario;
  const words = [id, title, outcome, ...scenario.proves].join(' ').toLowerCase();
  return html`<details class="scenario" id="${anchor}" data-words="${words}" data-outcome="${outcome}"${isCheck && html` open`}>
<summary><span class="badge ${outcome}">${outcome}</span><h3>${title}</h3><code>${breakable(id)}</code></summary>
<div class="body">
${reason && html`<p class="${outcome === 'failed' ? 'alarm' : 'notice'}"><strong>Why ${outcome}:</strong> ${reason}</p>`}
${requirements.length > 0 && html`<ul class="proves" aria-label="Proves">${requirements.map((one) => html`<li>${one.statement} <a href="#${requirementAnchors.get(one.id)}">${breakable(one.id)}</a></li>`)}</ul>`}
${site && rows.length > 0 && picture(site, rows, rowsLeftOut)}
${decisives.map(decisiveSection)}
${phaseColumns(phases, isCheck)}
${timelineSection(timeline)}
<p class="quiet">Took ${inWords(durationMs)} of real time.</p>
</div></details>
`;
}
