import type { RequirementResults } from '../../model/verdict/results.js';
import type { ChangeRequest, RequestKind, Target } from './report.js';

/** What the texts need to know of the requirements a request meets. */
type Requirements = ReadonlyMap<string, Pick<RequirementResults, 'statement' | 'section' | 'page'>>;

/** Requests as plain text for a mail or a ticket. */
export function asText(requests: readonly ChangeRequest[], requirements: Requirements): string {
  return `${requests
    .map((request, index) => {
      const { device, rule, servers, seen } = request;
      return [
        `${index + 1}. ${request.ask}`,
        ...(servers.length > 0 ? [`   From: ${servers.join(', ')}`] : []),
        ...request.targets.map((target) => `   - ${targetText(target)}`),
        ...(device === undefined || device === 'server'
          ? []
          : [`   Today: ${device}${rule === undefined ? '' : `, rule "${rule}"`}`]),
        ...(seen.length > 0 ? [`   Seen: ${seen.join('; ')}`] : []),
        ...whyLines(request, requirements).map((line) => `   Why: ${line}`),
      ].join('\n');
    })
    .join('\n\n')}\n`;
}

/** Why, with the source: statements that share a section are told together. */
export function whyLines({ requirements: ids, kind }: ChangeRequest, requirements: Requirements): string[] {
  // Each documented host has a requirement of its own: its row says that already.
  const told = kind === 'allow-documented' ? ids.filter((id) => !id.startsWith('hosts/')) : ids;
  const bySource = new Map<string, string[]>();
  for (const id of told) {
    const one = requirements.get(id);
    if (!one) continue;
    const source = sourceOf(one);
    bySource.set(source, [...(bySource.get(source) ?? []), one.statement]);
  }
  return [...bySource].map(([source, statements]) => `${statements.join(' ')} (${source})`);
}

/** Where it stands: on which page of which day, and where that is found. */
function sourceOf({ section, page }: Pick<RequirementResults, 'section' | 'page'>): string {
  return page
    ? `${section}, "${page.title}" of ${page.date}, ${page.address}`
    : 'not on the requirements page';
}

function targetText({ host, port, accounts, observed }: Target): string {
  const place = port === undefined ? host : `${host}, TCP port ${port}`;
  const as = accounts.length === 0 ? '' : `, account ${accounts.join(', ')}`;
  return `${place}${as}${observed.length === 0 ? '' : ` (seen: ${observed.join(', ')})`}`;
}

const columns = [
  'request',
  'ask',
  'action',
  'from',
  'account',
  'host',
  'protocol',
  'port',
  'inspection',
  'device',
  'rule',
  'why',
  'source',
];

/** Requests as comma-separated values (RFC 4180), a line per host. */
export function asCsv(requests: readonly ChangeRequest[], requirements: Requirements): string {
  const rows = requests.flatMap((request, index) => {
    const targets: readonly Target[] =
      request.targets.length > 0 ? request.targets : [{ host: '', accounts: [], observed: [] }];
    return targets.map(({ host, port, accounts }) => {
      const known = idsOf(request, host, port).flatMap((id) => requirements.get(id) ?? []);
      return [
        String(index + 1),
        request.ask,
        actions[request.kind],
        request.servers.join(' '),
        accounts.join(' '),
        host,
        port === undefined ? '' : 'TCP',
        port === undefined ? '' : String(port),
        port === 80 || port === undefined ? '' : 'none',
        request.device ?? '',
        request.rule ?? '',
        [...new Set(known.map(({ statement }) => statement))].join(' '),
        [...new Set(known.map(sourceOf))].join('; '),
      ];
    });
  });
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** What is done, in a word that a change tool can sort by. */
const actions: Record<RequestKind, string> = {
  allow: 'allow',
  'allow-documented': 'allow',
  proxy: 'allow',
  'do-not-inspect': 'do-not-inspect',
  resolve: 'resolve',
  'keep-idle': 'keep-idle',
  'do-not-lose': 'do-not-lose',
  application: 'allow',
  server: 'configure',
};

/** The requirements that a line is about: its own host's, where there are any, else those of no host. */
function idsOf({ requirements }: ChangeRequest, host: string, port: number | undefined): readonly string[] {
  const row = `hosts/${host}/${port}`;
  if (requirements.includes(row)) return [row];
  return requirements.filter((id) => !/^hosts\/.+\/\d+$/.test(id));
}

/** A spreadsheet takes a cell that begins like a formula for one; captured text must not run there either. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
