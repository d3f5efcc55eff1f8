import type { ChangeRequest, RequestKind, Target } from './report.js';
import { type Requirements, sourceOf } from './request-why.js';

const columns = [
  'request',
  'administrator',
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
  'reached',
  'why',
  'source',
  'evidence',
];

/** Requests as comma-separated values (RFC 4180), a line per host. */
export function asCsv(requests: readonly ChangeRequest[], requirements: Requirements): string {
  const rows = requests.flatMap((request) =>
    request.targets.length > 0
      ? request.targets.map((target) => rowOf(request, requirements, target))
      : [rowOf(request, requirements)],
  );
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function rowOf(request: ChangeRequest, requirements: Requirements, target?: Target): string[] {
  const { number, administrator, ask, kind, servers, decidedBy, rules, events } = request;
  const known = idsOf(request, target).flatMap((id) => requirements.get(id) ?? []);
  const { host = '', port, accounts = [], reached } = target ?? {};
  return [
    String(number),
    administrator,
    ask,
    actions[kind],
    servers.join(' '),
    accounts.join(' '),
    host,
    port === undefined ? '' : 'TCP',
    port === undefined ? '' : String(port),
    port === 443 ? 'none' : '',
    decidedBy.join(' '),
    rules.join('; '),
    reached === undefined ? '' : reached ? 'yes' : 'no',
    [...new Set(known.map(({ statement }) => statement))].join(' '),
    [...new Set(known.map(sourceOf))].join('; '),
    events.join(' '),
  ];
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
  configure: 'configure',
};

/** The requirements that a line is about: its own host's, where there are any, else those of no host. */
function idsOf({ requirements }: ChangeRequest, target: Target | undefined): readonly string[] {
  const { host = '', port } = target ?? {};
  // The page has paths too, and their hosts stand in rules.
  const own = requirements.filter(
    (id) => id === `hosts/${host}/${port}` || (id.startsWith(`hosts/${host}/`) && id.endsWith(`/${port}`)),
  );
  return own.length > 0 ? own : requirements.filter((id) => !/^hosts\/.+\/\d+$/.test(id));
}

/** A spreadsheet takes a cell that begins like a formula for one; captured text must not run there either. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
