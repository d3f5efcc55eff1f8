import type { FlowKind } from '../request.js';

/** The resolver says of documented names what public resolvers say. */
export const answerAsPublic: FlowKind = {
  kind: 'answer-as-public',
  of: ({ hop }) => (hop.device === 'resolver' ? { device: 'resolver' } : undefined),
  grant({ rules }, site) {
    const { faults, zones } = site.resolver;
    return {
      ...site,
      resolver: {
        faults: faults.filter(({ answer, name }) => !rules.includes(`${answer} ${name}`)),
        zones: Object.fromEntries(Object.entries(zones).filter(([zone]) => !rules.includes(`zone ${zone}`))),
      },
    };
  },
  words: ({ targets, rules }) =>
    `Answer ${targets.map(({ host }) => host).join(', ')} as public DNS does: take "${rules.join('", "')}" away in the resolver.`,
};
