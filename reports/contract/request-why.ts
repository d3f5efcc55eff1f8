import type { RequirementResults } from '../../model/verdict/results.js';
import type { ChangeRequest } from './report.js';

/** What the texts need to know of the requirements a request meets. */
export type Requirements = ReadonlyMap<string, Pick<RequirementResults, 'statement' | 'section' | 'page'>>;

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
export function sourceOf({ section, page }: Pick<RequirementResults, 'section' | 'page'>): string {
  return page
    ? `${section}, "${page.title}" of ${page.date}, ${page.address}`
    : 'not on the requirements page';
}

/** Who decides today, by which rules: `edge-firewall, rule "default drop"`; empty where that is the server's own matter. */
export function todayOf({ decidedBy, rules }: Pick<ChangeRequest, 'decidedBy' | 'rules'>): string {
  const named = rules.map((rule) => `"${rule}"`).join(', ');
  if (rules.length === 0) return decidedBy.join(', ');
  return `${decidedBy.join(', ')}, rule${rules.length > 1 ? 's' : ''} ${named}`;
}
