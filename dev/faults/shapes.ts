import type { Draw } from './draw.js';
import type { Fault } from './fault.js';
import type { Where } from './faults.js';
import type { Moment } from './moment.js';
import type { Played } from './played.js';

/** Short scenarios: of the server alone, and with everything on the way. */
const few = [
  ...['server/ie-esc', 'server/dotnet-version#1.5.3437.0 with 4.7', 'server/os-version#server-2012'],
  ...['ports/outbound-only', 'server/services-running#connector', 'server/updater'],
];
/** Enough for two processes. */
const many = [
  ...['server/dotnet-version', 'server/os-version', 'server/connector-version', 'server/ie-esc'],
  ...[
    'server/no-password',
    'server/services-running',
    'server/coexists',
    'server/http2-for',
    'server/updater',
  ],
  ...['server/backend-validation', 'server/left-over', 'ports/outbound-only', 'server/each-server'],
];

/** A kind of run that faults strike. */
export interface Shape {
  name: 'one process' | 'two workers';
  args: readonly string[];
}

export function shapesOf(where: Where): Shape[] {
  const engine = ['--engine', where === 'embedded' ? 'embedded' : 'containers'];
  return [
    { name: 'one process', args: ['run', ...few, '--workers', '1', ...engine] },
    { name: 'two workers', args: ['run', ...many, '--workers', '2', ...engine] },
  ];
}

/** What a run does to which nothing happens. */
export interface Undisturbed {
  shape: Shape;
  counted: Played['counted'];
  scenarios: number;
  /** Time of processors of the runner, milliseconds. */
  processorMs: number;
}

/** The shape that a fault strikes, and when. */
export function momentOf(
  fault: Fault,
  where: Where,
  draw: Draw,
  undisturbed: readonly Undisturbed[],
): { shape: Shape; moment: Moment } {
  // Most runs are in one process, which is as much and takes less.
  const able = undisturbed.filter(({ shape }) => (shape.name === 'two workers') === (fault.workers ?? false));
  const { shape, counted, scenarios, processorMs } = draw.oneOf(able);
  const kinds: readonly Moment['of'][] =
    fault.moments ?? (where === 'embedded' ? ['log', 'progress'] : ['log', 'progress', 'engine']);
  const of = draw.oneOf(kinds.filter((kind) => counted[kind] > 0));
  const within = of === 'engine' ? 0 : draw.int(0, Math.round(processorMs / scenarios / 10)) * 10;
  return { shape, moment: { of, count: draw.int(1, counted[of]), processorMs: within } };
}
