import { faultName } from '../../policy/resolver.js';
import type { FlowKind } from '../request.js';
import { listed } from './rules.js';

/** The resolver says of documented names what public resolvers say. */
export const answerAsPublic: FlowKind = {
  kind: 'answer-as-public',
  of: ({ hop }) => (hop.device === 'resolver' ? { device: 'resolver' } : undefined),
  grant({ rules }, site) {
    const { faults, zones } = site.resolver;
    return {
      ...site,
      resolver: {
        faults: faults.filter((fault) => !rules.includes(faultName(fault))),
        zones: Object.fromEntries(Object.entries(zones).filter(([zone]) => !rules.includes(`zone ${zone}`))),
      },
    };
  },
  words: ({ targets, rules }) =>
    `Answer ${listed([...new Set(targets.map(({ host }) => host))], 'names')} as public DNS does: take ${listed(
      rules.map((rule) => `"${rule}"`),
      'rules',
    )} away in the resolver.`,
};
