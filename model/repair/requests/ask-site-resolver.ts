import { publicNamesOnly } from '../../path/names.js';
import { resolverAskedBy } from '../../policy/own-resolver.js';
import type { FlowKind } from '../request.js';
import { withServer } from './rules.js';

/** A server asks the site's resolver, which knows the names of the site. */
export const askSiteResolver: FlowKind = {
  kind: 'ask-site-resolver',
  of({ hop }, site) {
    const isOfPublicNames = hop.rule === undefined || hop.rule === publicNamesOnly;
    if (hop.device !== 'resolver' || !isOfPublicNames) return undefined;
    const { of, knowsSite } = resolverAskedBy(hop.from, site);
    return of === undefined || knowsSite ? undefined : { device: 'server', server: of, setting: 'resolver' };
  },
  grant: ({ server }, site) => withServer(site, server, ({ resolver: _own, ...others }) => others),
  words: ({ server }) =>
    `Let ${server} ask the site's resolver: the one that it asks does not know the names of the site.`,
};
