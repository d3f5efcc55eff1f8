import type { RequirementResults } from '../../harness/verdict/results.js';
import type { ReportModel } from '../model.js';
import { breakable, type Html, html } from './escape.js';

const order = { broken: 0, holds: 1, unproven: 2 } as const;

/** Requirement by verdict; what is broken comes first. */
export function requirementTable(requirements: readonly RequirementResults[], model: ReportModel): Html {
  const sorted = [...requirements].sort((a, b) => order[a.verdict] - order[b.verdict]);
  return html`<table class="requirements"><thead><tr><th scope="col">Verdict</th><th scope="col">Requirement</th><th scope="col">Strength</th><th scope="col">Section of the page</th>${!model.isCheck && html`<th scope="col">Proved by</th>`}</tr></thead><tbody>
${sorted.map((one) => row(one, model))}</tbody></table>`;
}

function row(
  requirement: RequirementResults,
  { requirementAnchors, scenarioAnchors, isCheck }: ReportModel,
): Html {
  const { id, verdict, statement, interpreted, strength, section, provedBy } = requirement;
  return html`<tr id="${requirementAnchors.get(id)}"><td><span class="badge ${verdict}">${verdict === 'unproven' ? 'not proved' : verdict}</span></td><td>${statement}<code>${breakable(id)}</code>${interpreted && html`<span class="quiet">Our reading: ${interpreted}.</span>`}</td><td>${strength}</td><td>${section}</td>${!isCheck && html`<td>${proofs(provedBy, scenarioAnchors)}</td>`}</tr>
`;
}

function proofs(ids: readonly string[], anchors: ReadonlyMap<string, string>): Html {
  const links = ids.map((id) => html`<a href="#${anchors.get(id)}">${breakable(id)}</a>`);
  if (ids.length === 0) return html`<span class="quiet">no scenario yet</span>`;
  if (ids.length <= 3) return html`${links}`;
  return html`<details><summary>${ids.length} scenarios</summary>${links}</details>`;
}
