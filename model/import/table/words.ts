import { rangeOf } from '../../site/address-range.js';
import type { ruleActions } from '../../site/rule-schema.js';

type Action = (typeof ruleActions)[number];

const words = (text: string) => text.split(/\s+/).filter((one) => one !== '');
const listed = (text: string) => new Set(words(text));

/** As people of several countries write them, without accents. */
const allowing = listed(`allow allowed allows permit permitted permits accept accepted pass passed open opened
  grant granted whitelist whitelisted erlauben erlaubt erlaube zulassen zugelassen freigeben freigegeben
  freischalten freigeschaltet gestattet autoriser autorise autorisee permettre permis accepter accepte permitir
  permitido autorizar autorizado aceptar consentire consenti consentito permesso toestaan reachable success
  successful succeeded connected erreichbar joignable accesible raggiungibile`);
const denying =
  listed(`deny denied denies drop dropped block blocked blocks discard close closed refuse refused forbid
  forbidden prohibited blacklist blacklisted blocklist sperren gesperrt sperre blockieren blockiert blocken geblockt
  verbieten verboten verweigern verweigert ablehnen abgelehnt verwerfen refuser interdire interdit bloquer bloque
  bloquee bloques bloquees rejeter denegar denegado bloquear bloqueado bloqueados rechazar prohibido negare nega negato
  bloccare blocca bloccato rifiuta blokkeren failed fails failure unreachable timeout filtered unerreichbar
  fehlgeschlagen injoignable inaccesible irraggiungibile`);
/** Of what passes, and of tickets: alone such a word shows not that it is about connections. */
const alsoOfTickets = listed(`open opened close closed accept accepted reject rejected refused passed`);
/** Before a word it is its contrary. */
const contrary = listed('not nicht non pas no');
const agreeing = listed('yes y ja j oui si true 1 x ok on');
const refusing = listed('no n nein non false 0 off nok ko');
/** What may stand behind an action, and changes nothing of it. */
const besides = listed('log logs logged logging and with mit traffic always silently rule protokolliert');
/** States of rules that are in force, and of those that are not. */
const inForce =
  listed(`enabled enable active activated aktiv aktiviert eingeschaltet actif activo attivo habilitado
  implemented umgesetzt done erledigt live produktiv deployed approved genehmigt`);
const outOfForce =
  listed(`disabled disable inactive deactivated inaktiv deaktiviert ausgeschaltet inactif desactive
  inactivo desactivado disattivato deshabilitado removed deleted geloscht rejected declined abgelehnt`);

/** What a title says that asks for what it lists. */
const asking =
  listed(`please bitte open allow permit whitelist allowlist unblock enable freischalten freigeben freischaltung
  freischaltungen freischaltungsantrag freigabe freigaben zulassen entsperren ouvrir autoriser abrir permitir aprire`);
/** Words of a title that does no more than name its list. */
const longestName = 5;

export const anything = listed(
  'any all * alle alles beliebig beliebige jede jeder tous tout toutes cualquiera todos todo qualsiasi tutti',
);
/** What stands in a cell in which nothing is. */
const nothing = /^(?:[-\u2013\u2014/]+|n\/?a|none|keine?)$/i;
const between = listed('and or und oder et ou y o e | & / + -');

/** Small letters without accents, and nothing but words. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

export function isEmpty(cell: string): boolean {
  const told = cell.trim();
  return told === '' || nothing.test(told);
}

/** Of a word for it alone: not `yes`. */
export function isActionWord(cell: string): boolean {
  const [first = ''] = words(plain(cell));
  return allowing.has(first) || denying.has(first) || /^reject(ed)?$|^reset$/.test(first);
}

/** Of connections without a doubt: not `yes`, and nothing that tickets are as well. */
export function isKnownAction(cell: string): boolean {
  const [first = ''] = words(plain(cell));
  return agreementOf(cell) === undefined && actionOf(cell) !== undefined && !alsoOfTickets.has(first);
}

/** `Allow`, `DENY/LOG`, `erlaubt`, a tick; undefined: neither. */
export function actionOf(cell: string): Action | undefined {
  const agreed = agreementOf(cell);
  if (agreed !== undefined) return agreed ? 'allow' : 'deny';
  const [first = '', ...rest] = words(plain(cell));
  if (contrary.has(first) && rest.length === 1 && allowing.has(rest[0] ?? '')) return 'deny';
  if (/^timed out$/.test(plain(cell))) return 'deny';
  const same = [allowing, denying].find((one) => one.has(first));
  if (!rest.every((one) => besides.has(one) || same?.has(one))) return undefined;
  if (allowing.has(first)) return 'allow';
  if (denying.has(first)) return 'deny';
  return /^reject(ed)?$/.test(first) ? 'reject' : first === 'reset' ? 'reset' : undefined;
}

/** `yes`, `nein`, a tick; undefined: neither. */
export function agreementOf(cell: string): boolean | undefined {
  if (/^[\u2611\u2713\u2714]\ufe0f?$/.test(cell.trim())) return true;
  if (/^[\u2610\u2612\u2717\u2718]\ufe0f?$/.test(cell.trim())) return false;
  const told = plain(cell);
  return agreeing.has(told) ? true : refusing.has(told) ? false : undefined;
}

/** Whether a row is in force, by a word for that; undefined: it is none. */
export function forceOf(cell: string): boolean | undefined {
  const told = plain(cell);
  return inForce.has(told) ? true : outOfForce.has(told) ? false : undefined;
}

/** Whether the words of a heading or a title are about what is closed. */
export function speaksOfDenial(text: string): boolean {
  return words(plain(text)).some(
    (one) => denying.has(one) || /^(?:gesperrte|verbotene|blockierte)/.test(one),
  );
}

/** `Blocked URLs`: a title that names a list of what is closed, and asks for nothing. */
export function namesDenial(title: string): boolean {
  return speaksOfDenial(title) && !asksForOpening(title) && words(plain(title)).length <= longestName;
}

/** `Currently blocked, please open`: closed today, and asked for. */
export function asksForOpening(title: string): boolean {
  return words(plain(title)).some((one) => asking.has(one));
}

/** Hosts, networks and `any` in a cell, and how many words there are for them. A URL stands for its host. */
export function hostsOf(cell: string): { hosts: string[]; texts: string[] } {
  const texts = cell
    // As Markdown writes them.
    .replaceAll(/`|\\(?=[*_.])/g, '')
    .replaceAll(/(\d\.\d{1,3})[ \t]+(255(?:\.\d{1,3}){3})(?![.\d])/g, '$1/$2')
    .replaceAll(/(\d\.\d{1,3})[ \t]*[-\u2013][ \t]*(\d{1,3}(?:\.\d{1,3}){3})(?![.\d])/g, '$1-$2')
    .split(/[\s,;|]+/)
    .filter((one) => one !== '' && !between.has(one.toLowerCase()));
  const hosts = texts
    .map((one) => hostIn(one))
    .filter(
      (one) =>
        anything.has(one.toLowerCase()) ||
        rangeOf(one) !== undefined ||
        (/^(\*|(\*\.|\.|\*)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_*-]+)+)$/u.test(one) && /[\p{L}*]/u.test(one)),
    )
    .map((one) => (anything.has(one.toLowerCase()) || one === '0.0.0.0/0' ? 'any' : one));
  return { hosts, texts };
}

function hostIn(text: string): string {
  return text
    .replace(/^(?:\w+|\*):\/\//, '')
    .replace(/^(\[[\da-f:]+\]|[^/:]+)(:\d+)?(\/(?!\d{1,2}$).*)?$/i, (whole, host: string, ...[, path]) =>
      // A mask, and not a path.
      typeof path === 'string' && /^\/255\./.test(path) ? whole : host,
    );
}

/** The port that a host of a cell names, or its scheme says. */
export function portIn(text: string): number | undefined {
  const [, told] = /^(?:(?:\w+|\*):\/\/)?[^/:]+:(\d{1,5})(?:\/|$)/.exec(text) ?? [];
  if (told !== undefined) return Number(told);
  return /^https:\/\//i.test(text) ? 443 : /^http:\/\//i.test(text) ? 80 : undefined;
}
