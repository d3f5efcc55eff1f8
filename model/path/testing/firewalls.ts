import fc from 'fast-check';
import { readsNames } from '../../site/edge-firewalls.js';
import { namedFirewallSchema, type SiteInput } from '../../site/schema.js';
import { aRule, list, mostlyOpen, policyFields } from './rules.js';

/** Rules behind others, and what a firewall has not learned, are seldom, so that the rest is met too. */
const oftenNone = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const settings = {
  'names-from': fc.constantFrom('dns' as const, 'dns' as const, 'sni' as const),
  applications: oftenNone(fc.array(aRule, { minLength: 1, maxLength: 4 })),
  others: oftenNone(list),
  lost: oftenNone(fc.constantFrom('10m', '2h')),
};
const one = fc.record({ ...policyFields(), ...settings }).map(written);
/** Of several most let most pass. */
const several = fc
  .array(fc.record({ default: mostlyOpen(), rules: fc.array(aRule, { maxLength: 3 }), ...settings }), {
    minLength: 2,
    maxLength: 3,
  })
  .map((all) => all.map(written).map((each, at) => ({ name: `fw-${at + 1}`, ...each })));

/** One firewall at the edge, or several. */
export const edge = fc.oneof(
  { weight: 3, arbitrary: one.map((firewall) => ({ firewall })) },
  { weight: 2, arbitrary: several.map((firewalls) => ({ firewalls })) },
);

interface Drawn {
  default: NonNullable<NonNullable<SiteInput['firewall']>['default']>;
  rules: object[];
  'names-from': 'dns' | 'sni';
  applications: object[] | undefined;
  others: NonNullable<SiteInput['firewall']>['other-answers'];
  lost: string | undefined;
}

/** What a firewall cannot learn it has not forgotten either. */
function written({ 'names-from': namesFrom, applications, others, lost, ...policy }: Drawn) {
  return {
    ...policy,
    'names-from': namesFrom,
    ...(applications && { 'application-rules': applications }),
    ...(namesFrom === 'dns' && others && { 'other-answers': others }),
    ...(namesFrom === 'dns' && lost !== undefined && { 'names-lost-for': lost }),
  };
}

/** Whether some firewall lets TCP connect before it knows what becomes of it. */
export function waitsForNames(drawn: Pick<SiteInput, 'firewall' | 'firewalls'> | undefined): boolean {
  const all = drawn?.firewalls ?? (drawn?.firewall ? [drawn.firewall] : []);
  return all.some((each) => readsNames(namedFirewallSchema.parse({ name: 'any', ...each })));
}
