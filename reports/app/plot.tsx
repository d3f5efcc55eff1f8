import type { Measured } from '../../model/evidence/measured.js';

const width = 460;
const height = 190;
const margin = { left: 44, right: 12, top: 10, bottom: 34 };
/** As many lines as there are ways to draw one: told apart in black and white, too. */
const marks = ['●', '■', '▲', '◆', '✕'];

type Line = Measured['lines'][number];

/** Shares by age in weeks: the ages are steps of their own, for a week and a year are both looked at. */
export function Plot({ of: { title, source, lines } }: { of: Measured }) {
  const weeks = [...new Set(lines.flatMap(({ points }) => points.map((one) => one.weeks)))].sort(
    (a, b) => a - b,
  );
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ median, worst = median }) => worst)));
  const top = Math.max(0.1, Math.ceil(most * 10) / 10);
  const x = (age: number) =>
    margin.left + (weeks.indexOf(age) / Math.max(1, weeks.length - 1)) * (width - margin.left - margin.right);
  const y = (share: number) => height - margin.bottom - (share / top) * (height - margin.top - margin.bottom);
  const grid = Array.from({ length: Math.round(top * 10) + 1 }, (_, index) => index / 10);
  return (
    <figure class="plot">
      <figcaption>
        <strong>{title}</strong> <span class="quiet">{source}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${title}: ${inWords(lines)}`}>
        {grid.map((share) => (
          <g key={share}>
            <line class="grid" x1={margin.left} x2={width - margin.right} y1={y(share)} y2={y(share)} />
            <text x={margin.left - 6} y={y(share) + 4} text-anchor="end">
              {Math.round(share * 100)} %
            </text>
          </g>
        ))}
        {weeks.map((age) => (
          <text key={age} x={x(age)} y={height - margin.bottom + 16} text-anchor="middle">
            {age}
          </text>
        ))}
        <text x={(width + margin.left - margin.right) / 2} y={height - 4} text-anchor="middle">
          age of the list in weeks
        </text>
        {lines.map(({ name, points }, index) => {
          const worst = points.filter((one) => one.worst !== undefined);
          return (
            <g key={name} class={`line-${index}`}>
              <polyline
                class="median"
                points={points.map((one) => `${x(one.weeks)},${y(one.median)}`).join(' ')}
              />
              <polyline
                class="worst"
                points={worst.map((one) => `${x(one.weeks)},${y(one.worst ?? 0)}`).join(' ')}
              />
              {points.map((one) => (
                <text
                  key={one.weeks}
                  class="mark"
                  x={x(one.weeks)}
                  y={y(one.median) + 3.5}
                  text-anchor="middle"
                >
                  {marks[index]}
                </text>
              ))}
            </g>
          );
        })}
      </svg>
      <ul class="legend" aria-hidden="true">
        {lines.map(({ name }, index) => (
          <li key={name} class={`line-${index}`}>
            <span class="mark">{marks[index]}</span> {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** What somebody hears who does not see it. */
function inWords(lines: readonly Line[]): string {
  return lines
    .map(({ name, points }) => {
      const last = points.at(-1);
      return `${name} ${percent(last?.median ?? 0)} after ${last?.weeks} weeks`;
    })
    .join(', ');
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
