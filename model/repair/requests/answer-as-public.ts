import { resolverAskedBy } from '../../policy/own-resolver.js';
import { faultName } from '../../policy/resolver.js';
import type { Resolver, Site } from '../../site/schema.js';
import type { FlowKind } from '../request.js';
import { listed, withServer } from './rules.js';

/** The resolver says of documented names what public resolvers say. */
export const answerAsPublic: FlowKind = {
  kind: 'answer-as-public',
  of({ hop }, site) {
    if (hop.device !== 'resolver') return undefined;
    const { of } = resolverAskedBy(hop.from, site);
    return { device: 'resolver', ...(of !== undefined && { server: of }) };
  },
  grant({ rules, server }, site) {
    const isTrue = (fault: Resolver['faults'][number]) => !rules.includes(faultName(fault));
    const granted: Site = {
      ...site,
      resolver: {
        faults: server === undefined ? site.resolver.faults.filter(isTrue) : site.resolver.faults,
        zones: Object.fromEntries(
          Object.entries(site.resolver.zones).filter(([zone]) => !rules.includes(`zone ${zone}`)),
        ),
      },
    };
    if (server === undefined) return granted;
    return withServer(granted, server, (one) =>
      one.resolver
        ? { ...one, resolver: { ...one.resolver, faults: one.resolver.faults.filter(isTrue) } }
        : one,
    );
  },
  words: ({ targets, rules, server }) =>
    `Answer ${listed([...new Set(targets.map(({ host }) => host))], 'names')} as public DNS does: take ${listed(
      rules.map((rule) => `"${rule}"`),
      'rules',
    )} away in the resolver${server === undefined ? '' : ` that ${server} asks`}.`,
};
