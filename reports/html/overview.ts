import type { RequirementResults } from '../../harness/verdict/results.js';
import { inWords } from '../duration.js';
import type { ReportModel } from '../model.js';
import { type Html, html } from './escape.js';
import { requirementTable } from './requirement-table.js';

/** What this is, what it says in numbers, and the verdict on every requirement. */
export function overview(model: ReportModel): Html {
  const { requirements, partial } = model.results;
  const documented = requirements.filter(({ hidden }) => !hidden);
  const hidden = requirements.filter((one) => one.hidden);
  return html`<header>
${intro(model)}
${partial && html`<p class="alarm"><strong>This run was interrupted.</strong> Only what had finished is here.</p>`}
${facts(model, documented)}
${runLine(model)}
<nav aria-label="Parts of this report"><a href="#requirements">Documented requirements</a> ${hidden.length > 0 && html`<a href="#hidden">Beyond the page</a>`} <a href="#scenarios">${model.isCheck ? 'The site' : 'Scenarios'}</a></nav>
</header>
<section id="requirements"><h2>Documented requirements</h2>
<p class="lead">What Microsoft's requirements page asks for.</p>
${requirementTable(documented, model)}</section>
${hidden.length > 0 && html`<section id="hidden"><h2>Beyond the page</h2><p class="lead">What a connector needs although the page does not say so. Kept apart from what is documented.</p>${requirementTable(hidden, model)}</section>`}`;
}

function intro({ isCheck, results }: ReportModel): Html {
  if (isCheck) {
    const broken = results.requirements.filter(({ verdict }) => verdict === 'broken').length;
    return html`<h1>${broken === 0 ? 'This site lets a connector work' : 'What this site takes away from a connector'}</h1>
<p>A simulated Microsoft Entra private network connector was taken through its whole life in a simulation of this site, in front of a mock cloud, with real TLS, HTTP and WebSocket traffic. The same life in a site as documented is the control.</p>`;
  }
  return html`<h1>What a connector's network must let through</h1>
<p>A simulated Microsoft Entra private network connector was run in a simulated site, in front of a mock cloud, with real TLS, HTTP and WebSocket traffic. Each requirement is proved in one lab: with it met the operation works; with only that taken away it fails in the named way, at the named device; put back, it works again.</p>`;
}

function facts({ results, isCheck }: ReportModel, documented: readonly RequirementResults[]): Html {
  const { passed, failed, skipped, flaky } = results.summary;
  const count = (verdict: RequirementResults['verdict']) =>
    documented.filter((one) => one.verdict === verdict).length;
  const verdicts = html`${fact('Hold', count('holds'), 'good')}${fact('Broken', count('broken'), 'bad')}${fact('Not proved', count('unproven'), 'warn')}`;
  const outcomes = html`${fact('Passed', passed, 'good')}${fact('Failed', failed, 'bad')}${fact('Skipped', skipped, 'warn')}${flaky > 0 && fact('Flaky', flaky, 'warn')}`;
  return html`<div class="facts"><div><h2>Documented requirements</h2><dl>${verdicts}</dl></div>${!isCheck && html`<div><h2>Scenarios</h2><dl>${outcomes}</dl></div>`}</div>`;
}

function fact(name: string, count: number, tone: string): Html {
  return html`<div class="${count > 0 ? tone : 'none'}"><dt>${name}</dt><dd>${count}</dd></div>`;
}

function runLine({ results: { engine, edition, startedAt, durationMs } }: ReportModel): Html {
  return html`<p class="quiet">Engine: ${engine}. Requirements page of ${edition}. Run of ${startedAt.replace('T', ' ').slice(0, 16)} UTC, took ${inWords(durationMs)}.</p>`;
}
