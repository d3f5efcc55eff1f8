import type { RequirementResults, ScenarioResults } from '../../model/verdict/results.js';
import { toRequirement, toScenario } from './route.js';

type Word = ScenarioResults['outcome'] | RequirementResults['verdict'];

/** An outcome or a verdict, coloured. */
export function Badge({ of }: { of: Word }) {
  return <span class={`badge ${of}`}>{of === 'unproven' ? 'not proved' : of}</span>;
}

/** A name that may break at its dots and slashes, and there rather than elsewhere. */
export function Name({ text }: { text: string }) {
  const pieces = text.split(/(?<=(?<!\*)[./?=])(?=[a-z*])/i);
  return <>{pieces.flatMap((piece, index) => (index === 0 ? [piece] : [<wbr key={index} />, piece]))}</>;
}

export function ScenarioLink({ id, event }: { id: string; event?: string }) {
  return (
    <a href={toScenario(id, event)}>
      <Name text={event ?? id} />
    </a>
  );
}

export function RequirementLink({ id }: { id: string }) {
  return (
    <a href={toRequirement(id)}>
      <Name text={id} />
    </a>
  );
}

/** `cwap.servicebus.windows.net:443` */
export function placeOf({ host, port }: { host?: string; port?: number }): string {
  if (host === undefined) return '';
  return port === undefined ? host : `${host}:${port}`;
}

/** As expected, or not. */
export function Mark({ matched }: { matched: boolean }) {
  return (
    <span
      class={matched ? 'mark good' : 'mark bad'}
      role="img"
      aria-label={matched ? 'as expected' : 'not as expected'}
    >
      {matched ? '✓' : '✗'}
    </span>
  );
}

/** A table or picture that may be wider than the screen: it scrolls by itself, by keyboard too. */
export function Wide({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="wide" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
