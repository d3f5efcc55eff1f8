import { operations } from '../../model/evidence/vocabulary.js';
import { type Cell, type HiddenRow, type RowEffect, rowName } from '../../model/verdict/ablation.js';

/** What closed rows of the page's table do, one by one and in pairs. */
export interface Ablation {
  effects: readonly RowEffect[];
  hidden: readonly HiddenRow[];
  /** How many pairs were lived. */
  pairs: number;
}

const marks: Record<Cell | 'first', string> = { first: 'X', fails: 'x', 'not-attempted': '-', works: '.' };

/** Operation by row, with the first operation that fails, and which rows hide which. */
export function ablationInWords({ effects, hidden, pairs }: Ablation): string {
  const width = Math.max(...effects.map(({ row }) => rowName(row).length));
  const numbers = operations.map((_, at) => String((at + 1) % 10)).join(' ');
  const legend = operations.map((operation, at) => `${at + 1} ${operation}`).join(', ');
  const rows = effects.map((effect) => {
    const cells = operations.map((operation) => marks[markOf(effect, operation)]).join(' ');
    return `${rowName(effect.row).padEnd(width)}  ${cells}  ${effect.first ?? 'needed by nothing'}`;
  });
  const groups = hidingRows(hidden).map(
    ([by, names]) =>
      `  ${by} hides ${names.length === effects.length - 1 ? 'every other row' : names.join(', ')}`,
  );
  return [
    `${legend}; X fails first, x fails too, - is not attempted then, . works`,
    '',
    `${''.padEnd(width)}  ${numbers}  first to fail`,
    ...rows,
    '',
    groups.length === 0
      ? `None of ${pairs} pairs of rows hides one of the two: each is seen beside the other.`
      : `Of ${pairs} pairs of rows ${hidden.length} hide one of the two: while the first is closed, nothing fails at the other.`,
    ...groups,
  ].join('\n');
}

/** Each row that hides others, with their names. */
function hidingRows(hidden: readonly HiddenRow[]): [by: string, names: string[]][] {
  const found = new Map<string, string[]>();
  for (const { row, by } of hidden) found.set(rowName(by), [...(found.get(rowName(by)) ?? []), rowName(row)]);
  return [...found];
}

function markOf({ cells, first }: RowEffect, operation: (typeof operations)[number]): Cell | 'first' {
  return operation === first ? 'first' : cells[operation];
}

const [left, top, cell] = [300, 120, 22] as const;
const colours: Record<Cell | 'first', string> = {
  first: '#a4262c',
  fails: '#e8a3a6',
  'not-attempted': '#d2d0ce',
  works: '#dff6dd',
};
const says: Record<Cell | 'first', string> = {
  first: 'fails first',
  fails: 'fails too',
  'not-attempted': 'not attempted',
  works: 'works',
};

/** The same as a picture (SVG): a column for each operation, a line for each row. */
export function ablationPicture({ effects }: Ablation): string {
  const legendAt = top + effects.length * cell + 24;
  const [width, height] = [left + operations.length * cell + 60, legendAt + 24];
  const heads = operations.map((operation, at) => {
    const [x, y] = [left + at * cell + 15, top - 8];
    return `<text x="${x}" y="${y}" transform="rotate(-45 ${x} ${y})">${operation}</text>`;
  });
  const lines = effects.flatMap((effect, line) => {
    const y = top + line * cell;
    const name = `<text x="${left - 8}" y="${y + 15}" text-anchor="end">${escaped(rowName(effect.row))}</text>`;
    const boxes = operations.map((operation, at) => {
      const mark = markOf(effect, operation);
      const words = `${rowName(effect.row)}, ${operation}: ${says[mark]}`;
      return `<rect x="${left + at * cell}" y="${y}" width="${cell - 2}" height="${cell - 2}" fill="${colours[mark]}"><title>${escaped(words)}</title></rect>`;
    });
    return [name, ...boxes];
  });
  const legend = (Object.keys(says) as (Cell | 'first')[]).map((mark, at) => {
    const x = 16 + at * 130;
    return `<rect x="${x}" y="${legendAt - 12}" width="14" height="14" fill="${colours[mark]}"/><text x="${x + 20}" y="${legendAt}">${says[mark]}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<title>What fails while a row of the requirements page is closed</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${[...heads, ...lines, ...legend].join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
