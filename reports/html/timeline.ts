import type { LabEvent } from '../../harness/evidence/event.js';
import { inWords } from '../duration.js';
import type { Timeline } from '../timeline.js';
import { describe } from '../words.js';
import { type Html, html } from './escape.js';

/** The events in order, phase by phase, with lab time since the scenario began. */
export function timelineSection({ startedAt, phases, shown, omitted }: Timeline): Html {
  if (shown === 0) return html``;
  return html`<details class="timeline"><summary>What happened: ${shown} events${omitted > 0 && html` <span class="quiet">and ${omitted} more in events.jsonl, which only say that something went as it should</span>`}</summary>
<table><thead><tr><th scope="col">Event</th><th scope="col">Lab time</th><th scope="col">Machine</th><th scope="col">What</th></tr></thead>
${phases.map(
  ({ phase, events }) => html`<tbody><tr><th scope="rowgroup" colspan="4">${phase}</th></tr>
${events.map((event) => line(event, startedAt))}</tbody>`,
)}</table></details>`;
}

function line(event: LabEvent, startedAt: number): Html {
  const told = event.kind === 'step' ? html`<tr class="step">` : html`<tr>`;
  return html`${told}<td>${event.id}<td>${inWords(event.at - startedAt)}<td>${event.machine}<td>${describe(event)}
`;
}
