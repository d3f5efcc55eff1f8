import { useEffect, useRef } from 'preact/hooks';
import type { DrawnConnection } from '../contract/report.js';
import type { Lane, Placed } from './drawing-layout.js';
import { placeOf, Wide } from './parts.js';

/** Servers, devices in path order, cloud hosts; each connection as far as it came. */
export function Picture({ placed, several }: { placed: Placed; several: boolean }) {
  const { width, height, columns, lanes, starts, ends } = placed;
  const svg = useRef<SVGSVGElement>(null);
  const decided = columns.find((column) => column.decided)?.x;
  useEffect(() => {
    const box = svg.current?.parentElement;
    // On a small screen: who decided is what one wants to see.
    if (box && decided !== undefined) box.scrollLeft = decided - box.clientWidth / 2;
  }, [decided]);
  return (
    <Wide label="Drawing of the site">
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`How far each connection came: ${lanes.map(({ connection }) => inWords(connection)).join('; ')}`}
      >
        <title>The site, and how far each connection came</title>
        {columns.map(({ x, width: w, label, note, decided }) => (
          <g key={x} class={decided ? 'box decided' : 'box'}>
            <rect x={x - w / 2} y={6} width={w} height={height - 12} rx={8} />
            <text class="name" x={x} y={25} text-anchor="middle">
              {shorten(label, w / 7.6)}
            </text>
            <text class="note" x={x} y={40} text-anchor="middle">
              {shorten(note, w / 6.4)}
            </text>
          </g>
        ))}
        <text class="name" x={(ends[0]?.x ?? 0) - 2} y={25}>
          destination
        </text>
        {lanes.map((lane, index) => (
          <LaneLine key={index} lane={lane} />
        ))}
        {starts.map(({ x, y, connection: { operations, account, server } }) => (
          <g key={y}>
            <text x={x} y={account || several ? y - 2 : y + 4}>
              {startWords(operations)}
              <title>{operations.join(', ')}</title>
            </text>
            <text class="note" x={x} y={y + 12}>
              {shorten([several && server, account].filter(Boolean).join(', '), several ? 38 : 26)}
            </text>
          </g>
        ))}
        {ends.map(({ x, y, connection, bad }) => (
          <text key={y} class={bad ? 'to bad' : 'to'} x={x} y={y + 4}>
            {shorten(placeOf(connection), 46)}
            <title>{placeOf(connection)}</title>
          </text>
        ))}
      </svg>
    </Wide>
  );
}

function LaneLine({ lane: { connection, y, from, end, to, past } }: { lane: Lane }) {
  const { result } = connection;
  const ok = result === 'ok';
  // At a device there is room on both sides of the mark.
  const inside = end > from && end < to;
  return (
    <g class={ok ? 'lane ok' : 'lane bad'}>
      <title>{inWords(connection)}</title>
      {end < to && <path class="rest" d={`M${end} ${y}H${to}`} />}
      {end > from && <path d={`M${from} ${y}${past.map(bow).join('')}H${end}`} />}
      {ok ? (
        <path class="head" d={`M${end + 8} ${y}l-10 -5v10z`} />
      ) : (
        <>
          <circle cx={end} cy={y} r={7} />
          <path class="cross" d={`M${end - 3} ${y - 3}l6 6m0 -6l-6 6`} />
          <text
            class="said"
            x={inside ? end : end + (end < from ? 8 : -12)}
            y={y - 9}
            text-anchor={inside ? 'middle' : 'end'}
          >
            {result}
          </text>
        </>
      )}
    </g>
  );
}

function startWords(operations: readonly string[]): string {
  const words = operations.join(', ');
  return words.length <= 23 ? words : `${operations.length} operations`;
}

/** Round a device, for a stack that does not use it. */
function bow(x: number): string {
  return `H${x - 46}q4 -12 16 -12h60q12 0 16 12`;
}

function inWords(connection: DrawnConnection): string {
  const { operations, account, result, device, rule } = connection;
  const to = placeOf(connection);
  return `${operations.join(', ')}${account ? ` as ${account}` : ''}${to ? ` to ${to}` : ''}: ${result}${device ? ` at ${device}` : ''}${rule ? `, rule ${rule}` : ''}`;
}

/** Cut in the middle: the ends of a host's name tell most. */
function shorten(text: string, longest: number): string {
  const most = Math.floor(longest);
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) * 0.6);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}
