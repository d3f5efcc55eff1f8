import type { Column } from './column.js';
import { actionOf, agreementOf, forceOf, isActionWord, isKnownAction, plain } from './words.js';

/**
 * Of whom a column is: `ticket` of a request by its head, `status` of whatever, `place` of what becomes of a
 * connection.
 */
export type StatusHead = 'ticket' | 'status' | 'place';

const listed = (text: string) => new Set(text.split('|').map((one) => one.trim()));

/** Of a ticket and of a port alike: who says so and no more says neither. */
const openWords = listed(
  'open|opened|offen|geoffnet|ouvert|ouverte|ouverts|abierto|abierta|abiertos|aperto|aperta|aperti',
);
const closedWords = listed(
  'close|closed|zu|geschlossen|ferme|fermee|fermes|cerrado|cerrada|cerrados|chiuso|chiusa|chiusi',
);
/** States of requests: carried out, refused, and everything in between. */
const carriedOut = listed(
  `done|completed|complete|closed complete|closed successful|closed fixed|resolved|fixed|implemented|deployed|live|verified|finished|erledigt|umgesetzt|abgeschlossen
  |fertig|gelost|behoben|termine|terminee|realise|realisee|resolu|resolue|traite|traitee|fait|effectue|resuelto
  |resuelta|completado|completada|hecho|hecha|implementado|finalizado|completato|completata|risolto|fatto`,
);
const refusedWords = listed(
  `rejected|declined|cancelled|canceled|withdrawn|wont do|won t do|abandoned|duplicate|storniert|zuruckgezogen
  |abgebrochen|annule|annulee|abandonne|cancelado|cancelada|rechazado|rechazada|annullato|respinto|abgelehnt|refusee`,
);
const underWay = listed(
  `in progress|pending|new|assigned|on hold|waiting|todo|to do|backlog|review|in review|scheduled|planned|draft
  |requested|submitted|approved|awaiting approval|work in progress|wip|reopened|in bearbeitung|in arbeit|neu|wartend
  |in prufung|genehmigt|beantragt|geplant|zuruckgestellt|eingereicht|en cours|en attente|nouveau|nouvelle|valide
  |validee|a faire|cloture|cloturee|clos|close sans suite|en curso|en progreso|pendiente|nuevo|nueva|aprobado|aprobada
  |in corso|in attesa|nuovo|approvato|in lavorazione`,
);

/** By how systems of tickets number them: `CHG0031337`, `RITM12`, `NET-4711`, `#815`. */
const ticketNumber = /^(?:(?:chg|inc|ritm|req|sctask|task|cr|rfc)[-_ ]?\d{2,}|[a-z]{2,10}-\d{2,}|#\d{2,})$/i;
/** Heads of tables that a system of tickets writes. */
const ticketHead =
  /\b(?:tickets?|ticketnummer|change|changes|chg|rfc|requests?|requested|requestor|requester|incident|jira|assignee|assigned|approver|approved|antrag|antrage|antragsnummer|antragsteller|anfrage|auftrag|bearbeiter|demande|demandeur|solicitud|solicitante|richiesta|richiedente|summary|issue)\b/;

/** Whether other columns of a table show that its rows are tickets. */
export function isOfTickets(heads: readonly string[], rows: readonly (readonly string[])[]): boolean {
  return (
    heads.some((one) => ticketHead.test(plain(one))) ||
    rows.some((cells) => cells.some((cell) => ticketNumber.test(cell.trim())))
  );
}

/** What a column says that is headed `Status`, `Result`, or so. `below`: its cells that say something. */
export function statusColumn(
  head: StatusHead,
  below: readonly string[],
  { hasAction, hasTickets }: { hasAction: boolean; hasTickets: boolean },
): Column {
  const some = (is: (cell: string) => boolean) => below.some(is);
  if (below.length === 0) return 'other';
  if (head === 'ticket') return 'ticket';
  const isTicket = some((one) => ticketWord(one) !== undefined);
  const isAction = some(isKnownAction);
  if (hasAction) {
    if (below.every((one) => agreementOf(one) !== undefined)) return 'state';
    if (isTicket || some(saysOpenOrClosed)) return 'ticket';
    return some((one) => forceOf(one) !== undefined) ? 'state' : 'other';
  }
  const isKnown = (one: string) =>
    actionOf(one) !== undefined ||
    saysOpenOrClosed(one) ||
    forceOf(one) !== undefined ||
    ticketWord(one) !== undefined;
  if (isAction && below.filter(isKnown).length * 2 > below.length) return 'action';
  if (isTicket) return some(isAgreed) ? 'state' : 'ticket';
  if (some(saysOpenOrClosed)) {
    if (head === 'place') return 'action';
    return hasTickets ? 'ticket' : 'open or closed';
  }
  if (below.every((one) => actionOf(one) !== undefined)) return 'action';
  return some((one) => forceOf(one) !== undefined) ? 'state' : 'other';
}

/** A column of words for actions whatever it is called: what it is where they are words for tickets, too. */
export function columnOfActions(below: readonly string[], hasTickets: boolean): Column {
  const isOne = below.length > 0 && below.every((one) => isActionWord(one) || saysOpenOrClosed(one));
  return isOne ? statusColumn('status', below, { hasAction: false, hasTickets }) : 'other';
}

/** `Open`, `geschlossen`: of a port, or of a ticket. */
export function saysOpenOrClosed(cell: string): boolean {
  const told = plain(cell);
  return openWords.has(told) || closedWords.has(told);
}

function isAgreed(cell: string): boolean {
  return /^(?:enabled?|disabled?|aktiv(?:iert)?|deaktiviert|inaktiv|actif|inactif|activo|inactivo)$/.test(
    plain(cell),
  );
}

type TicketWord = 'done' | 'refused' | 'under way';

function ticketWord(cell: string): TicketWord | undefined {
  const told = plain(cell);
  if (carriedOut.has(told)) return 'done';
  // Of rules as well as of tickets: alone it shows nothing.
  if (refusedWords.has(told)) return 'refused';
  return underWay.has(told) || /^closed \w/.test(told) ? 'under way' : undefined;
}

/** Whether a cell says of a request what became of it, also by yes and no. */
export function saysWhatBecame(cell: string): boolean {
  return agreementOf(cell) !== undefined || forceOf(cell) !== undefined || ticketWord(cell) !== undefined;
}

/** Whether tickets that are closed were carried out, as far as a table shows: others of it were refused in words. */
export function saysWhatIsRefused(below: readonly string[]): boolean {
  return below.some((one) => ticketWord(one) === 'refused');
}

/** What the status of a ticket says of the row: `never` where it was refused, words where nobody can say. */
export function doubtOfTicket(cell: string, isClosedDone: boolean): string | undefined {
  const told = plain(cell);
  if (refusedWords.has(told) || forceOf(cell) === false || agreementOf(cell) === false) return 'never';
  if (carriedOut.has(told) || forceOf(cell) === true || agreementOf(cell) === true) return undefined;
  if (closedWords.has(told) || /^(?:clos|cloture|cloturee)$/.test(told))
    return isClosedDone
      ? undefined
      : `"${cell}": the status of a ticket; not known whether it was carried out or refused`;
  return `"${cell}": the status of a ticket; not known whether it is in force`;
}
