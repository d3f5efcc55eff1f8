import type { Column } from './column.js';
import { columnOfActions, isOfTickets, saysWhatBecame, statusColumn } from './status.js';
import { namesPorts, tickColumn } from './ticks.js';
import { actionOf, agreementOf, forceOf, hostsOf, isEmpty, plain, speaksOfDenial } from './words.js';

/** Columns by their heads, and those that may be a better one's. */
type Head =
  | Column
  | 'named hosts'
  | 'own hosts'
  | 'rule name'
  | 'service'
  | 'from'
  | 'to'
  | 'status'
  | 'place'
  | 'is closed'
  | 'if carried out';

const alone = (words: string): ReadonlySet<string> => new Set(words.split('|'));
/** What columns of senders and of destinations are called behind that, one word after another. */
const place =
  '(?:fqdns?|hosts?|hostnames?|address(?:es)?|prefix(?:es)?|ip|ips|adressen?|domains?|names?|urls?|networks?|nets?|servers?|systeme?|objects?|objekte?|s)';
const places = `(?: ?${place})?(?: ${place})*`;
/** Heads are short. Characters. */
const longestHead = 80;

/** How people head their columns: English, German, French, Spanish and Italian, without accents. */
const headings: readonly (readonly [Head, RegExp | ReadonlySet<string>])[] = [
  [
    'other',
    /^(?:(?:source|src|quell\w*|origen|client|local|lokaler?) ?(?:ports?|port ranges?|services?|dienste?|puertos?))$/,
  ],
  ['udp', alone('udp|udp port|udp ports')],
  [
    'comes-by',
    /^(?:(?:source|src|from|quell\w*) ?(?:zones?|interfaces?|intf|schnittstellen?)|ingress interface|incoming interface|srcintf)$/,
  ],
  [
    'goes-by',
    /^(?:(?:destination|dest|dst|to|ziel\w*) ?(?:zones?|interfaces?|intf|schnittstellen?)|egress interface|outgoing interface|dstintf)$/,
  ],
  [
    'condition',
    /^(?:(?:source |src |authorized )?users?(?: groups?)?|benutzer(?:gruppen?)?|usuarios?|utilisateurs?|konto|account|application|applications|app id|schedule|time|zeitplan|horario|valid (?:until|to|from)|expires?|expiry(?: date)?|ablauf(?:datum)?|gultig (?:bis|ab)|program|programm|url category|(?:destination|dest|dst|source|src|service) negated?)$/,
  ],
  ['state', alone('enabled|enable|active|aktiv|aktiviert|actif|activo|habilitado|attivo')],
  ['off', alone('disabled|inactive|deaktiviert|inaktiv')],
  ['priority', alone('priority|prio|prioritat|priorite|prioridad|priorita')],
  [
    'action',
    alone(
      'action|aktion|accion|actie|azione|actions|allow deny|permit deny|allow block|verdict|rule action|permit|open|opened|offen|geoffnet|ouvert|abierto|aperto|allowed|permitted|erlaubt|freigegeben|freigeschaltet|zugelassen|autorise|permitido|autorizado',
    ),
  ],
  ['deny', alone('blocked|block|denied|gesperrt|blockiert|bloque|bloqueado|forbidden|verboten')],
  [
    'if carried out',
    alone(
      'approved|genehmigt|bewilligt|approuve|approuvee|aprobado|aprobada|approvato|done|erledigt|implemented|umgesetzt|fait|hecho|fatto',
    ),
  ],
  ['is closed', alone('closed|geschlossen|ferme|cerrado|chiuso')],
  [
    'ticket',
    /^(?:(?:tickets?|changes?|chg|requests?|rfc|incident|task|jira|antrags?|anfrage|auftrags?|bearbeitungs?|umsetzungs?|approval|genehmigungs?|workflow|implementation|anderungs?) ?(?:status|state|stand|zustand)|(?:status|state|statut|estado|stato|etat) (?:of |de |del |du |des |de la |della |dell )?(?:the )?(?:tickets?|changes?|request|demande|changement|solicitud|cambio|richiesta|antrags?)|resolution|umsetzung|avancement)$/,
  ],
  ['status', alone('status|state|zustand|estado|statut|stato|etat|stand')],
  [
    'place',
    alone(
      'rule status|state of rule|decision|policy|effect|result|results|ergebnis|resultat|resultado|risultato|access|zugriff|regel|rule type|port status|port state|connection status|test result|testergebnis|firewall status',
    ),
  ],
  [
    'protocol',
    alone(
      'protocol|protocols|proto|protokoll|protokolle|protocole|protocolo|protocollo|ip protocol|transport',
    ),
  ],
  ['interface', alone('interface|interfaces|schnittstelle|schnittstellen|interfaz')],
  ['direction', alone('direction|richtung|direccion de trafico|sens|sentido|direzione')],
  [
    'ports',
    /^(?:(?:destination|dest|dst|ziel|tcp|remote|target|destino|protocol|proto|protokoll) ?)?(?:ports?|portnummern?|port nummern?|port numbers?|port range|portbereich|puertos?|porte|porta|poort)(?: (?:s|tcp|tcp udp|protocol))*$/,
  ],
  ['ports', alone('tcp')],
  [
    'service',
    alone(
      'service|services|services applications|network service|network services|dienst|dienste|servicio|servicios|destination service|servizio',
    ),
  ],
  ['from', alone('from|von|desde')],
  ['to', alone('to|nach|an|hacia')],
  [
    'source',
    new RegExp(
      `^(?:original )?(?:sources?|src|quelle?|origen|origine|absender|sender|client|local)${places}$`,
    ),
  ],
  [
    'hosts',
    new RegExp(
      `^(?:original )?(?:destination|dest|dst|dstaddr|ziele?|destino|destinazione|destinataire|bestemming|target|remote)${places}$`,
    ),
  ],
  [
    'named hosts',
    /^(?:(?:\w+ )?(?:fqdns?|urls?|uris?|domains?|domain names?|domanen?|domaines?|dominios?|dominio)(?: s)?)$/,
  ],
  [
    'own hosts',
    /^(?:(?:\w+ )?(?:hosts?|hostnames?|host names?|hote|hotes|endpoints?|endpunkte?|websites?|web ?sites?|sites?|address(?:es)?|adressen?|adresse ip|ip|ips|ip address(?:es)?|ip adressen?|ip ranges?|servers?|serveur|servidor|networks?|netze?|netzwerke?|direcciones|direccion|direccion ip)(?: s)?)$/,
  ],
  ['rule name', alone('name|names|namen')],
];

/** Known columns of a record that is a second head: fewer can be in a row of rules. */
const leastOfSecond = 2;

export interface TableHead {
  columns: Column[];
  /** What it lists is closed, by its own words. */
  isDenial: boolean;
}

/** What a record says where it is the head of a table; undefined: it is none. */
export function headOf(
  cells: readonly string[],
  rest: readonly (readonly string[])[],
): TableHead | undefined {
  if (cells.some((cell) => cell.includes('.') && hostsOf(cell).hosts.length > 0)) return undefined;
  const below = (index: number) => rest.map((one) => one[index] ?? '').filter((one) => !isEmpty(one));
  const ticks = cells.map((cell, index) => tickColumn(cell, below(index)));
  const hasTicks = ticks.some((one) => one !== undefined);
  const heads = cells.map(headingOf);
  const has = (...wanted: Head[]) => heads.some((one) => wanted.includes(one));
  if (hasTicks && !has('hosts', 'named hosts', 'own hosts', 'to', 'rule name')) {
    const found = cells.findIndex((_, index) => heads[index] === 'other' && areHosts(below(index)));
    if (found >= 0) heads[found] = 'hosts';
  }
  const isClear = has('hosts', 'named hosts', 'own hosts', 'to');
  if (!isClear && !(has('rule name') && (hasTicks || has('ports', 'service', 'action')))) return undefined;
  const facts = { hasAction: has('action', 'deny'), hasTickets: isOfTickets(cells, rest) };
  const columns = heads.map((head, index): Column => {
    const ticked = ticks[index];
    if (ticked !== undefined) return ticked;
    if (head === 'to') return has('hosts') ? 'goes-by' : 'hosts';
    if (head === 'from') return has('source') ? 'comes-by' : 'source';
    if (head === 'named hosts') return 'hosts';
    if (head === 'own hosts') return has('hosts', 'to') ? 'other' : 'hosts';
    if (head === 'rule name') return isClear ? 'other' : 'hosts';
    if (head === 'service') return has('ports') ? 'other' : 'ports';
    if (head === 'ticket' || head === 'status' || head === 'place')
      return statusColumn(head, below(index), facts);
    if (head === 'if carried out') return below(index).some(saysWhatBecame) ? 'ticket' : 'other';
    if (head === 'is closed')
      return facts.hasTickets || !below(index).every((one) => agreementOf(one) !== undefined)
        ? 'other'
        : 'open or closed';
    return head;
  });
  const denied = cells.some((cell, index) => columns[index] === 'hosts' && speaksOfDenial(cell));
  return {
    columns: withActions(withoutSourcePorts(columns), below, facts.hasTickets),
    isDenial: denied && !columns.includes('action'),
  };
}

/** Two lines of heads as one: what is above stands over what is below, and over what is right of it. */
export function joinedHeads(above: readonly string[], below: readonly string[]): string[] | undefined {
  if (below.some((cell) => cell.includes('.') && hostsOf(cell).hosts.length > 0)) return undefined;
  // `Enabled` and `Accept` are heads, and what rows say.
  const isHead = (cell: string) =>
    headingOf(cell) !== 'other' && forceOf(cell) === undefined && actionOf(cell) === undefined;
  // Ports of columns that a line above heads together.
  const areTicks =
    below.filter(namesPorts).length >= leastOfSecond &&
    below.every((cell) => isEmpty(cell) || namesPorts(cell) || isHead(cell));
  if (!areTicks && below.filter(isHead).length < leastOfSecond) return undefined;
  let over = '';
  return below.map((cell, index) => {
    over = above[index]?.trim() || over;
    if (areTicks && namesPorts(cell)) return cell;
    const both = `${over} ${cell}`;
    return headingOf(both) !== 'other' ? both : headingOf(cell) !== 'other' ? cell : (above[index] ?? '');
  });
}

/** Of two columns of ports with one name, what stands behind the senders is their own. */
function withoutSourcePorts(columns: readonly Column[]): Column[] {
  const ends = columns.map((_, index) =>
    columns.slice(0, index).findLast((one) => one === 'source' || one === 'hosts'),
  );
  const isOwn = columns.some((column, index) => column === 'ports' && ends[index] === 'hosts');
  return columns.map((column, index) =>
    isOwn && column === 'ports' && ends[index] === 'source' ? 'other' : column,
  );
}

function headingOf(cell: string): Head {
  // `DestinationPortRange`, as programs write it.
  // `u_port`, as ServiceNow calls columns of its customers.
  const told = plain(cell.replaceAll(/([a-z])(?=[A-Z])/g, '$1 ')).replace(/^u (?=\p{L}{2})/u, '');
  if (told === '' || told.length > longestHead) return 'other';
  const [found] =
    headings.find(([, words]) => (words instanceof RegExp ? words.test(told) : words.has(told))) ?? [];
  return found ?? 'other';
}

/** A column of words for actions is one, whatever it is called, where no other is. */
function withActions(
  columns: readonly Column[],
  below: (index: number) => readonly string[],
  hasTickets: boolean,
): Column[] {
  if (columns.some((one) => /^(?:action|deny|ticket|open or closed)$/.test(one))) return [...columns];
  const kinds = columns.map((column, index) =>
    column === 'other' ? columnOfActions(below(index), hasTickets) : 'other',
  );
  const found = kinds.findIndex((kind) => kind !== 'other');
  return columns.map((column, index) => (index === found ? (kinds[index] ?? column) : column));
}

function areHosts(cells: readonly string[]): boolean {
  return cells.filter((cell) => hostsOf(cell).hosts.length > 0).length * 2 > cells.length;
}
