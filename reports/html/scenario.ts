import type { Observation, Result, ScenarioResults } from '../../harness/verdict/results.js';
import type { Decisive, ScenarioModel } from '../model.js';
import { describe } from '../words.js';
import { type Html, html } from './escape.js';
import { picture } from './picture.js';

type PhaseResults = ScenarioResults['phases'][number];

const names = {
  control: 'Control: as it should be',
  change: 'Change',
  restore: 'Restore: put back',
} as const;

/** One scenario: what it proves, the picture, expected beside observed, who decided, what happened. */
export function scenarioSection({
  scenario,
  anchor,
  requirements,
  site,
  rows,
  decisive,
  timeline,
  omitted,
}: ScenarioModel): Html {
  const { id, title, outcome, reason, durationMs, phases } = scenario;
  return html`<details class="scenario ${outcome}" id="${anchor}" data-text="${`${id} ${title} ${scenario.proves.join(' ')}`.toLowerCase()}" data-outcome="${outcome}">
<summary><span class="badge ${outcome}">${outcome}</span><span class="title">${title}</span><code>${id}</code></summary>
<div class="body">
${reason ? html`<p class="reason"><strong>Why:</strong> ${reason}</p>` : ''}
${requirements.length > 0 ? html`<p class="proves">Proves: ${requirements.map((one) => html`<span><a href="#r-${one.id}"><code>${one.id}</code></a> ${one.statement}</span>`)}</p>` : ''}
${site ? picture(site, rows) : ''}
${decisive ? decisiveSection(decisive) : ''}
<div class="phases">${phases.map(phaseColumn)}</div>
<details class="timeline"><summary>What happened: ${timeline.length} events${omitted > 0 ? html` <span class="quiet">and ${omitted} more in events.jsonl that only say that something went as it should</span>` : ''}</summary>
<table><thead><tr><th>Event</th><th>Phase</th><th>Machine</th><th>What</th></tr></thead><tbody>
${timeline.map((event) => html`<tr${event.kind === 'step' ? html` class="step"` : ''}><td>${event.id}</td><td>${event.phase}</td><td>${event.machine}</td><td>${describe(event)}</td></tr>`)}
</tbody></table></details>
<p class="quiet">${durationMs} ms</p>
</div></details>`;
}

function phaseColumn({ phase, change, results, observations }: PhaseResults): Html {
  return html`<section><h4>${names[phase]}</h4>${change ? html`<p class="change">${change}</p>` : ''}
<table><thead><tr><th>Expected</th><th>Observed</th></tr></thead><tbody>
${results.map(resultRow)}${observations.map(observationRow)}</tbody></table></section>`;
}

function resultRow({ operation, result, host, port, device, rule, expected, matched }: Result): Html {
  const place = host ? ` at ${host}${port ? `:${port}` : ''}` : '';
  const cause = device ? html`<br><span class="cause">${device}${rule ? html` “${rule}”` : ''}</span>` : '';
  return html`<tr class="${matched ? 'matched' : 'differs'}"><td>${expected}</td><td><span class="mark">${matched ? '✓' : '✗'}</span> ${operation} <strong>${result}</strong>${place}${cause}</td></tr>`;
}

function observationRow({ subject, expected, observed, matched }: Observation): Html {
  return html`<tr class="${matched ? 'matched' : 'differs'}"><td>${subject}: ${expected}</td><td><span class="mark">${matched ? '✓' : '✗'}</span> <strong>${observed}</strong></td></tr>`;
}

function decisiveSection({ result, decision, hops, chain }: Decisive): Html {
  const who = result.device
    ? html`<strong>${result.device}</strong>${result.rule ? html`, rule <code>${result.rule}</code>` : ''}`
    : 'no device';
  return html`<section class="decisive"><h4>Who decided</h4><p>${who}${decision ? html`: ${decision.explanation}` : result.detail ? html`: ${result.detail}` : ''}.</p>
${hops.length > 0 ? html`<ol class="hops">${hops.map(({ where, what, text, decides }) => html`<li${decides ? html` class="decides"` : ''}><b>${where}</b> <span class="what">${what}</span> ${text}</li>`)}</ol>` : ''}
${chain.length > 0 && result.result.startsWith('tls-') ? html`<p>Certificates that the connector saw:</p><ol class="chain">${chain.map(({ subject, issuer, notAfter }, index) => html`<li>${subject}, issued by ${index === chain.length - 1 ? html`<mark>${issuer}</mark>` : issuer}, until ${notAfter}</li>`)}</ol>` : ''}</section>`;
}
