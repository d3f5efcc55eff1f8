import { z } from 'zod';
import { account } from './account.js';
import { entryName, entryText, type HostEntry } from './host-entry.js';
import { type MatchName, matchNames } from './match/index.js';
import { conditionsInWords, type RuleConditions } from './rule-words.js';
import type { RealMeaning } from './service-tags/real-meaning.js';
import { destination, hostEntry, isoDate, name, ports } from './values.js';

/** The rules of firewalls in a site file. */

export const ruleActions = ['allow', 'deny', 'reject', 'reset'] as const;
export type RuleAction = (typeof ruleActions)[number];

const destinations =
  'a host, `*.domain` for all names below, `.domain` for it too, a name with `*` for any text, an address, CIDR, `network/mask` or range, a service tag, `any`, `documented` for the page\'s rows; or a list of these and of `{ host: "*.x", match: one-label }`.';

/** Of a rule that stands for one of several destinations it holds that destination. */
export const ruleName = z
  .string()
  .min(1)
  .max(512)
  .optional()
  .describe('By which results and reports call the rule. Default: made of its parts, `allow *.x port 443`.');

/** Where a rule was read, in a file that the site was imported from. */
export const sourceSchema = z.strictObject({
  file: z.string().min(1).max(1000).describe('The file, from the folder in which it was imported.'),
  line: z.int().min(1).describe('The line in it, from 1.'),
});
export type RuleSource = z.infer<typeof sourceSchema>;

/** What a rule does, and to which destinations. */
function actions<To extends z.ZodType>(to: To) {
  return {
    allow: to.optional().describe(`Lets connections pass to this destination: ${destinations}`),
    deny: to
      .optional()
      .describe(
        'Drops packets without an answer, so that clients wait. Destinations are written as for `allow`.',
      ),
    reject: to
      .optional()
      .describe('Refuses at once, with ICMP "port unreachable". Destinations are written as for `allow`.'),
    reset: to.optional().describe('Answers with a TCP reset. Destinations are written as for `allow`.'),
  };
}

export const conditions = {
  port: ports
    .default('any')
    .describe(
      'TCP ports of the destination: `443`, `8080-8090`, `"443, 8080-8090"`, or a list of ports and ranges. Default: `any`.',
    ),
  match: z
    .enum(matchNames)
    .optional()
    .describe(
      'How the destination is compared with the name or address of a connection: `suffix` takes `*.x` at any depth, `one-label` exactly one label deep. Default: by how the destination is written.',
    ),
  account: account
    .optional()
    .describe(
      'The Windows account whose connections it is about; one of your domain is written `CONTOSO\\svc-connector$`. Default: all accounts.',
    ),
  protocol: z
    .enum(['tcp', 'udp', 'any'])
    .optional()
    .describe(
      'What it is about. Connectors speak TCP, so that a rule about `udp` never decides. Default: `tcp`.',
    ),
  from: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe(
      'The machines whose connections it is about: names of servers, `proxy`, or addresses, CIDRs, `network/mask` and ranges in which the lab has servers (198.18.1.10 is the first). Default: all of them. Local ports are not asked for: a connector takes any.',
    ),
  unclear: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'A condition of the rule that could not be translated, in the words of its file: `-m string --string msappproxy`. Such a rule decides nothing; what it would decide otherwise is not judged. Default: there is none.',
    ),
  source: sourceSchema
    .optional()
    .describe(
      'Where the rule was read; `import` writes it, and results name it. Default: it was written here.',
    ),
  'as-of': isoDate
    .optional()
    .describe(
      'Day of the list from which the ranges of a service tag are taken, `2023-08-07`: the newest of `service-tags` that is not after it. Default: the newest.',
    ),
};

const oneAction = (rule: Partial<Record<RuleAction, unknown>>) =>
  ruleActions.filter((action) => rule[action] !== undefined).length === 1;
const needsOne = { message: `a rule needs exactly one of ${ruleActions.join(', ')}` };

/** A rule about one destination: what is decided by. */
export const ruleSchema = z
  .strictObject({ name: ruleName, ...actions(destination), ...conditions })
  .refine(oneAction, needsOne);
/** As code sees it. */
export type Rule = z.infer<typeof ruleSchema> & {
  /** What it means at the lab's addresses; files do not say so, published lists do. */
  means?: RealMeaning;
  /** It knows names from the first bytes of a connection, and stands behind the rules that do not. */
  layer?: 'application';
};

/** A rule as a site file has it, perhaps about several destinations. */
export const writtenRuleSchema = z
  .strictObject({
    name: ruleName,
    ...actions(z.union([destination, z.array(hostEntry).min(1)])),
    ...conditions,
  })
  .refine(oneAction, needsOne);
type WrittenRule = z.infer<typeof writtenRuleSchema>;

/** First match wins. */
export const ruleList = z.array(writtenRuleSchema).transform((rules): Rule[] => rules.flatMap(singleRules));

/** What a rule as it is written does, and to which destinations. */
export function destinationsOf(rule: WrittenRule): { action: RuleAction; entries: readonly HostEntry[] } {
  const action = ruleActions.find((name) => rule[name] !== undefined) ?? 'deny';
  return { action, entries: [rule[action] ?? []].flat() };
}

function singleRules(rule: WrittenRule): Rule[] {
  const { action, entries } = destinationsOf(rule);
  const { allow: _a, deny: _d, reject: _j, reset: _t, ...others } = rule;
  return forEachDestination(action, entries, others);
}

/**
 * A rule for each destination, in the place of one about several: the first that fits decides all the same.
 * `others`: all of the rule but its destinations.
 */
export function forEachDestination<
  Others extends RuleConditions & { name?: string | undefined; match?: MatchName | undefined },
>(action: string, entries: readonly HostEntry[], others: Others): Others[] {
  return entries.map((entry, index) => {
    const match = typeof entry === 'string' ? others.match : entry.match;
    const words = others.name
      ? `${others.name}: ${entryName(entry)}`
      : `${action} ${entryText(entry)}${conditionsInWords(others)}`;
    return {
      ...others,
      [action]: entryText(entry),
      ...(match && { match }),
      ...(entries.length > 1 && { name: partName(words, index + 1, entries.length) }),
    };
  });
}

/** The name of a rule that stands for one of several destinations of a rule: `allow *.x (2 of 3)`. */
export function partName(words: string, part: number, parts: number): string {
  return `${words} (${part} of ${parts})`;
}

/** Whether a rule stands for a later destination of the rule that the one before it stands for. */
export function continues({ name = '' }: Pick<Rule, 'name'>): boolean {
  const [, part] =
    [...name.matchAll(/ \((\d+) of \d+\)(?=: |$)/g)].find((found) => {
      const behind = name.slice(found.index + found[0].length);
      return behind === '' || behind.endsWith(' (documented)');
    }) ?? [];
  return Number(part) > 1;
}
