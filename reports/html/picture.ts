import type { Site } from '../../harness/site/schema.js';
import type { Result } from '../../harness/verdict/results.js';
import { type Html, html } from './escape.js';

interface Column {
  device: string;
  label: string;
  note: string;
}

const columnWidth = 132;
const rowHeight = 34;
const top = 62;
const left = 118;

/**
 * The site as columns in path order, each result of the change phase as a row: how far it came, and
 * which device ended it.
 */
export function picture(site: Site, rows: readonly Result[]): Html {
  const columns = columnsOf(site, rows);
  const cloudX = left + columns.length * columnWidth;
  const width = cloudX + 520;
  const height = top + Math.max(rows.length, 1) * rowHeight + 12;
  const x = (index: number) => left + index * columnWidth + columnWidth / 2;
  const label = `The site's devices in path order, and how far each operation came`;
  return html`<figure class="picture"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
${columns.map((column, index) => html`<g><rect class="device" x="${x(index) - 60}" y="8" width="120" height="${height - 16}" rx="6"/><text class="name" x="${x(index)}" y="28" text-anchor="middle">${column.label}</text><text class="note" x="${x(index)}" y="44" text-anchor="middle">${short(column.note, 20)}</text></g>`)}
<text class="name" x="${cloudX + 14}" y="28">cloud</text><text class="note" x="${cloudX + 14}" y="44">host and port</text>
${rows.map((row, index) => arrow(row, top + index * rowHeight + rowHeight / 2, columns, x, cloudX))}
</svg></figure>`;
}

function arrow(
  row: Result,
  y: number,
  columns: readonly Column[],
  x: (index: number) => number,
  cloudX: number,
): Html {
  const stop = columns.findIndex(({ device }) => device === row.device);
  const ok = row.result === 'ok';
  const stopped = !ok && stop >= 0;
  const none = row.result === 'not-attempted';
  const end = none ? left : stopped ? x(stop) : cloudX + 6;
  const kind = ok ? 'ok' : none ? 'none' : 'bad';
  const host = row.host ? short(row.host, 58) : '';
  const said = ok ? host || 'ok' : `${row.result}${host ? `  ${host}${row.port ? `:${row.port}` : ''}` : ''}`;
  return html`<g class="${kind}"><text class="operation" x="8" y="${y + 4}">${row.operation}</text><line x1="${left - 4}" y1="${y}" x2="${end}" y2="${y}"/>${stopped ? html`<circle cx="${end}" cy="${y}" r="7"/><text class="cross" x="${end}" y="${y + 4}" text-anchor="middle">×</text>` : html`<circle class="end" cx="${end}" cy="${y}" r="3.5"/>`}<text class="host" x="${cloudX + 14}" y="${y + 4}">${said}</text></g>`;
}

function columnsOf(site: Site, rows: readonly Result[]): Column[] {
  const [server] = site.servers;
  const met = (device: string) => rows.some((row) => row.device === device);
  const columns: (Column | false)[] = [
    { device: 'server', label: server?.name ?? 'server', note: server?.windows ?? '' },
    met('resolver') && { device: 'resolver', label: 'resolver', note: 'names' },
    { device: 'host-firewall', label: 'host firewall', note: `default ${server?.['host-firewall'].default}` },
    met('application-host') && { device: 'application-host', label: 'application', note: 'inside the site' },
    (site.proxy !== undefined || met('proxy')) && {
      device: 'proxy',
      label: 'proxy',
      note: site.proxy?.address ?? '',
    },
    { device: 'edge-firewall', label: 'edge firewall', note: `default ${site.firewall.default}` },
    (site.inspection !== undefined || met('inspector')) && {
      device: 'inspector',
      label: 'inspector',
      note: site.inspection?.authority ?? 'in the change',
    },
    (site.link['idle-timeout'] !== undefined || met('link')) && {
      device: 'link',
      label: 'link',
      note: 'idle timeout',
    },
    met('cloud') && { device: 'cloud', label: 'service', note: 'fault in the cloud' },
  ];
  return columns.filter((column) => column !== false);
}

function short(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
