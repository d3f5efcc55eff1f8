import type { Observation, Result, ScenarioResults } from '../../harness/verdict/results.js';
import { breakable, type Html, html } from './escape.js';

type PhaseResults = ScenarioResults['phases'][number];

const headings = {
  control: 'Control: as it should be',
  change: 'Change: one thing is different',
  restore: 'Restore: put back',
} as const;

/** Control, change and restore side by side: what was expected, what was observed. */
export function phaseColumns(phases: readonly PhaseResults[], isCheck: boolean): Html {
  const told = phases.filter(({ results, observations }) => results.length + observations.length > 0);
  return html`<div class="phases">${told.map((one) => column(one, isCheck))}</div>`;
}

function column({ phase, change, results, observations }: PhaseResults, isCheck: boolean): Html {
  const heading = isCheck && phase === 'change' ? 'This site' : headings[phase];
  return html`<section class="${phase}"><h4>${heading}</h4>${change && !isCheck && html`<p class="notice">${breakable(change)}</p>`}
<table><thead><tr><th scope="col">Expected</th><th scope="col">Observed</th></tr></thead><tbody>
${results.map((one) => resultRow(one, phase))}${observations.map(observationRow)}</tbody></table></section>`;
}

function resultRow(one: Result, phase: PhaseResults['phase']): Html {
  const { operation, result, host, port, device, rule, expected, matched } = one;
  const place = host !== undefined && html` at ${breakable(host)}${port !== undefined && `:${port}`}`;
  const cause =
    device && html`<span class="cause">by ${device}${rule && html`, “${breakable(rule)}”`}</span>`;
  const detail =
    !matched && phase !== 'change' && one.detail && html`<span class="cause">${one.detail}</span>`;
  return html`<tr><td>${breakable(expected)}</td><td>${mark(matched)} ${operation} <strong>${result}</strong>${place}${cause}${detail}</td></tr>
`;
}

function observationRow({ subject, expected, observed, matched, device, rule }: Observation): Html {
  const cause =
    device && html`<span class="cause">by ${device}${rule && html`, “${breakable(rule)}”`}</span>`;
  return html`<tr><td>${breakable(subject)}: ${expected}</td><td>${mark(matched)} <strong>${observed}</strong>${cause}</td></tr>
`;
}

function mark(matched: boolean): Html {
  return matched
    ? html`<span class="mark good" role="img" aria-label="as expected">✓</span>`
    : html`<span class="mark bad" role="img" aria-label="not as expected">✗</span>`;
}
