import type { Site } from '../../harness/site/schema.js';
import type { PathRow } from '../path-rows.js';
import { type Column, columnsOf } from './columns.js';
import { type Html, html } from './escape.js';

const columnWidth = 116;
const boxWidth = 106;
const rowHeight = 42;
const top = 60;
const left = 124;
const cloudWidth = 384;

/** The site as columns in path order; each operation as an arrow as far as it came. */
export function picture(site: Site, rows: readonly PathRow[], leftOut: number): Html {
  const columns = columnsOf(site, rows);
  const cloud = left + columns.length * columnWidth;
  const width = cloud + cloudWidth;
  const height = top + rows.length * rowHeight + 10;
  return html`<figure class="picture"><div class="scroll" tabindex="0" role="group" aria-label="Picture of the site"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${inWordsFor(rows)}">
${columns.map((column, index) => box(column, left + index * columnWidth, height))}
<text class="name" x="${cloud + 16}" y="26">cloud</text><text class="note" x="${cloud + 16}" y="42">result, host and port</text>
${rows.map((row, index) => arrow(row, top + index * rowHeight + rowHeight / 2, columns, cloud, site.servers.length > 1))}
</svg></div><figcaption>Each line is one operation after the change, from the server towards the cloud; it ends at what stopped it.${leftOut > 0 && ` ${leftOut} more are in the table below.`}</figcaption></figure>`;
}

function box({ label, note }: Column, x: number, height: number): Html {
  const middle = x + columnWidth / 2;
  return html`<rect class="device" x="${x + 5}" y="8" width="${boxWidth}" height="${height - 16}" rx="6"/><text class="name" x="${middle}" y="26" text-anchor="middle">${middleCut(label, 15)}</text><text class="note" x="${middle}" y="42" text-anchor="middle">${middleCut(note, 17)}</text>
`;
}

function arrow(row: PathRow, y: number, columns: readonly Column[], cloud: number, several: boolean): Html {
  const { operation, result, device, server } = row.result;
  const centre = (index: number) => left + index * columnWidth + columnWidth / 2;
  const stop = columns.findIndex((column) => column.device === device);
  const ok = result === 'ok';
  const muted = result === 'not-attempted';
  const end = ok ? cloud + 8 : stop >= 0 ? centre(stop) : muted ? centre(0) : cloud + 2;
  const tone = ok ? 'ok' : muted ? 'muted' : 'bad';
  const who = [several && server, row.account].filter(Boolean).join(', ');
  const proxy = row.pastProxy ? columns.findIndex((column) => column.device === 'proxy') : -1;
  return html`<g class="${tone}"><text x="8" y="${y - (who ? 3 : -4)}">${operation}</text><text class="note" x="8" y="${y + 12}">${middleCut(who, 18)}</text>
<path d="M${centre(0)} ${y}${proxy >= 0 && centre(proxy) < end && detour(centre(proxy))}H${end}"/>${ending(tone, end, y)}${saying(row, cloud + 16, y)}</g>
`;
}

/** Round the proxy, for a stack that does not use it. */
function detour(x: number): string {
  return `H${x - 44}q4 -13 16 -13h56q12 0 16 13`;
}

function ending(tone: 'ok' | 'muted' | 'bad', x: number, y: number): Html {
  if (tone === 'muted') return html`<circle cx="${x}" cy="${y}" r="4"/>`;
  if (tone === 'ok') return html`<path class="head" d="M${x} ${y}l-9 -5v10z"/>`;
  return html`<circle cx="${x}" cy="${y}" r="7"/><path class="cross" d="M${x - 3} ${y - 3}l6 6m0 -6l-6 6"/>`;
}

function saying({ result: { result, host, port, detail } }: PathRow, x: number, y: number): Html {
  const place =
    host === undefined
      ? result === 'ok'
        ? ''
        : (detail ?? '')
      : `${host}${port === undefined ? '' : `:${port}`}`;
  return html`<text class="said" x="${x}" y="${y - (place ? 3 : -4)}">${result}</text><text class="note" x="${x}" y="${y + 12}">${middleCut(place, 52)}</text>`;
}

function inWordsFor(rows: readonly PathRow[]): string {
  const told = rows.map(({ result: { operation, result, device } }) =>
    result === 'ok' || device === undefined
      ? `${operation} ${result}`
      : `${operation} ${result} at ${device}`,
  );
  return `How far each operation came: ${told.join('; ')}`;
}

/** Cut in the middle: the ends of a host's name tell most. */
function middleCut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = Math.floor((longest - 1) * 0.7);
  return `${text.slice(0, longest - 1 - end)}…${text.slice(-end)}`;
}
