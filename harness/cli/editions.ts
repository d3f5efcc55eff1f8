import { compareEditions, type EditionChanges } from '../../model/requirements/compare-editions.js';
import type { Edition } from '../../model/requirements/editions/edition.js';
import { editionOf, publicEditions } from '../../model/requirements/editions/index.js';
import { nearest } from '../../model/requirements/nearest.js';
import type { Requirement } from '../../model/requirements/requirement.js';
import { UsageError } from './usage-error.js';

interface Flags {
  json?: true;
}

/** Every edition of the public page, oldest first. */
export function listOfEditions({ json }: Flags): string {
  const judgedBy = editionOf('public').page.date;
  const all = publicEditions.map(({ page, hosts, requirements }) => ({
    ...page,
    hosts: hosts.length,
    requirements: requirements.filter(({ hidden }) => !hidden).length,
    judgedBy: page.date === judgedBy,
  }));
  if (json) return `${JSON.stringify(all, null, 2)}\n`;
  const lines = all.flatMap((one) => [
    `${one.date}  ${one.requirements} requirements, ${one.hosts} rows of hosts${one.judgedBy ? '; sites are judged by it' : ''}`,
    `            ${one.title}`,
    `            ${one.address}`,
  ]);
  return `${lines.join('\n')}\n`;
}

/** What somebody who satisfied one edition has to do for another. @throws UsageError */
export function whatChanged(from: string, to: string | undefined, { json }: Flags): string {
  const [older, newer] = [find(from), to === undefined ? newest() : find(to)];
  if (older.page.date >= newer.page.date)
    throw new UsageError(
      `${newer.page.date} is not later than ${older.page.date}: the older one comes first`,
    );
  const changes = compareEditions(older, newer);
  if (json) return `${JSON.stringify({ from: older.page, to: newer.page, ...changes }, null, 2)}\n`;
  return `${inWords(older, newer, changes).join('\n')}\n`;
}

function inWords(older: Edition, newer: Edition, { gone, added, changed }: EditionChanges): string[] {
  const { title, address, date } = newer.page;
  const part = (head: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', head, ...lines]);
  const told = ({ id, statement, strength }: Requirement) => [
    `  ${id}${strength === 'must' ? '' : ` (${strength})`}`,
    `      ${statement}`,
  ];
  return [
    `From the page of ${older.page.date} to that of ${date}:`,
    `  ${title}`,
    `  ${address}`,
    ...part('New, to be met:', added.flatMap(told)),
    ...part(
      'Asked for otherwise:',
      changed.flatMap(({ before, after }) => [
        ...told(after),
        `      before: ${before.statement}`,
        ...(after.interpreted === undefined ? [] : [`      read as: ${after.interpreted}`]),
      ]),
    ),
    ...part('No longer asked for by this page:', gone.flatMap(told)),
  ];
}

function newest(): Edition {
  return publicEditions.at(-1) ?? editionOf('public');
}

/** @throws UsageError */
function find(date: string): Edition {
  const found = publicEditions.find(({ page }) => page.date === date);
  if (found) return found;
  const dates = publicEditions.map(({ page }) => page.date);
  const near = nearest(date, dates);
  throw new UsageError(
    `no edition of the requirements page is of ${date}; ${near ? `did you mean ${near}? There` : 'there'} are ${dates.join(', ')}`,
  );
}
