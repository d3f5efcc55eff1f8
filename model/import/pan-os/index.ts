import { anything } from '../condition.js';
import { type ChainRule, Flattened, ruleOf } from '../flatten-chains.js';
import type { Imported, Importer, ImportOptions } from '../importer.js';
import { objectsOf } from './objects.js';
import { lastOf, type Named, namedBelow } from './read-rules.js';
import { type Places, readSet, type Setting } from './read-set.js';
import { doubtfulRules, securityRules } from './rule.js';

const rulebases = ['pre-rulebase', 'rulebase', 'post-rulebase'] as const;

/** Lists beside that of security, and of which of their rules it is not known where a connection ends. */
const others: readonly (readonly [list: string, does: (rule: Named) => string | undefined])[] = [
  ['decryption', (rule) => (lastOf(rule, 'action') === 'decrypt' ? 'it ends TLS' : undefined)],
  [
    'authentication',
    (rule) => (rule.values.has('authentication-enforcement') ? 'it asks who is there' : undefined),
  ],
  ['pbf', (rule) => (rule.values.get('action')?.includes('discard') ? 'it discards' : undefined)],
];

/**
 * PAN-OS in its `set` form, of a firewall or of Panorama: rules of security with addresses, services and custom
 * categories of URLs. What none allows is dropped, between zones.
 */
export const panOs: Importer = {
  format: 'pan-os',
  title: 'PAN-OS (set form)',
  recognises: ({ text }) => isSetForm(text) || isOtherForm(text),
  read({ file, text }, options): Imported {
    const refused = (line: number, why: string): Imported => ({
      understood: 0,
      notUnderstood: [{ file, line, text: '', why }],
    });
    if (!isSetForm(text))
      return refused(
        1,
        'it is no set form: `set cli config-output-format set`, then `configure` and `show` write one',
      );
    const { places, problems } = readSet(text);
    const own = [...places].filter(([place, settings]) => place !== 'shared' && settings.some(isRule));
    if (own.length > 1) {
      const names = own.map(([place]) => place || 'the firewall itself').join(', ');
      return refused(
        own[1]?.[1][0]?.line ?? 1,
        `rules of several places (${names}): give the lines of the one that connections pass, and those of "shared"`,
      );
    }
    const doubts = problems.map(({ line, text: told, why }): ChainRule => {
      return { when: anything, verdict: { kind: 'unknown', why }, line, text: told };
    });
    const rules = rulesOf(places, own[0]?.[0] ?? '', options);
    if (rules.length === 0) return refused(1, 'there is no rule of security in it (rulebase security rules)');
    const flattened = new Flattened(new Map([['rules', [...doubts, ...rules]]]), file, 'deny').read('rules');
    if (flattened.tooLong) return { understood: 0, notUnderstood: [flattened.tooLong] };
    return {
      edge: {
        default: isOpenAtTheEnd(places, options) ? 'allow' : 'drop',
        rules: flattened.rules.map((rule) => ruleOf(rule, file)),
      },
      understood: flattened.understood,
      notUnderstood: flattened.notUnderstood,
    };
  },
};

function isSetForm(text: string): boolean {
  return /^[ \t]*set (?:\S+ ){0,6}?(?:address|address-group|(?:pre-|post-)?rulebase) \S/m.test(text);
}

/** As a tree, or as XML. */
function isOtherForm(text: string): boolean {
  return /^[ \t]*(?:pre-|post-)?rulebase \{/m.test(text) || /<(?:pre-|post-)?rulebase>/.test(text);
}

function isRule({ words }: Setting): boolean {
  return rulebases.some((one) => words[0] === one) && words[1] === 'security';
}

/** Shared rules before, those of the place, and behind them shared rules again. */
function rulesOf(places: Places, place: string, options: ImportOptions): ChainRule[] {
  const shared = places.get('shared') ?? [];
  const own = places.get(place) ?? [];
  const given = { objects: objectsOf([...shared, ...own]), options };
  const inOrder = (list: string): Named[] => [
    ...namedBelow(shared, ['pre-rulebase', list, 'rules']),
    ...rulebases.flatMap((rulebase) => namedBelow(own, [rulebase, list, 'rules'])),
    ...namedBelow(shared, ['post-rulebase', list, 'rules']),
  ];
  const doubtful = others.flatMap(([list, does]) =>
    inOrder(list).flatMap((rule) => {
      const what = does(rule);
      return what ? doubtfulRules(rule, `a rule of ${list}: ${what}, which is not judged`, given) : [];
    }),
  );
  return [...doubtful, ...inOrder('security').flatMap((rule) => securityRules(rule, given))];
}

/** Within a zone all passes that no rule stops, unless it is said otherwise. */
function isOpenAtTheEnd(places: Places, { comesBy, goesBy }: ImportOptions): boolean {
  const isInside = comesBy !== undefined && comesBy === goesBy;
  const said = [...places.values()]
    .flatMap((settings) =>
      rulebases.flatMap((one) => namedBelow(settings, [one, 'default-security-rules', 'rules'])),
    )
    .filter(({ name }) => name === (isInside ? 'intrazone-default' : 'interzone-default'))
    .map((rule) => lastOf(rule, 'action'))
    .at(-1);
  return (said ?? (isInside ? 'allow' : 'deny')) === 'allow';
}
