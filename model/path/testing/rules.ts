import fc from 'fast-check';
import { accounts, destination, entry, networks, servers } from './hosts.js';

type Port = number | string;
const port = fc.constantFrom<Port | Port[]>(
  ...[80, 443, 'any', '80-443', '8080, 440-450'],
  // As imports write them.
  ...[[80, 443], ['1-65535'], [443, '8000-8100'], ['1-79', '81-65535']],
);
/** Where an import has read a rule: what it decides is the same. */
export const source = fc.constantFrom({ file: 'edge.rules', line: 7 });
export const aRule = fc
  .record(
    {
      action: fc.constantFrom('allow', 'allow', 'deny', 'reject', 'reset'),
      to: fc.oneof(
        { weight: 4, arbitrary: destination },
        fc.array(entry, { minLength: 1, maxLength: 3 }),
        // Objects of firewalls are groups of names, networks and ranges.
        fc.array(fc.oneof(entry, networks), { minLength: 1, maxLength: 4 }),
      ),
      source,
      port,
      account: fc.constantFrom(...accounts),
      from: fc.constantFrom(
        ...servers,
        'proxy',
        'parent-proxy',
        '198.18.1.0/255.255.255.0',
        '198.18.1.11-198.18.2.10',
        '10.0.0.0/8',
        [...servers],
      ),
      protocol: fc.constantFrom('tcp' as const, 'any' as const, 'udp' as const),
      // A condition that an import did not understand: what the rule does is not judged.
      unclear: fc.constantFrom(undefined, undefined, undefined, '-m time'),
      match: fc.constantFrom('suffix' as const, 'one-label' as const, 'one-label' as const),
    },
    { requiredKeys: ['action', 'to', 'port'] },
  )
  .map(({ action, to, match, ...rest }) => ({
    ...rest,
    [action]: to,
    ...(match && typeof to === 'string' && to.startsWith('*.') && { match }),
  }));
export const policy = fc.record({ default: mostlyOpen(), rules: fc.array(aRule, { maxLength: 5 }) });
export const list = fc.array(fc.oneof({ weight: 9, arbitrary: entry }, fc.constant('documented')), {
  maxLength: 3,
});
/** No account is told to the edge by a real network; host firewalls know it. */
export const hostPolicy = policy.map(({ default: other, rules }) => ({
  default: other,
  rules: rules.filter(({ from }) => from === undefined),
}));

/** What stops everything shows one device; most let most pass, so that those behind are met. */
export function mostlyOpen() {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant('allow' as const) },
    { weight: 1, arbitrary: fc.constantFrom('drop' as const, 'reject' as const, 'reset' as const) },
  );
}

export function policyFields() {
  return { default: mostlyOpen(), rules: fc.array(aRule, { maxLength: 8 }) };
}
