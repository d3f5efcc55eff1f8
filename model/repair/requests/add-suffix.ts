import { searched, suffixesOf } from '../../policy/search-list.js';
import { fullName } from '../../site/full-name.js';
import type { FlowKind } from '../request.js';
import { withServer } from './rules.js';

/** A server looks for names of one label where they are. */
export const addSuffix: FlowKind = {
  kind: 'add-suffix',
  of({ hop, way }, site) {
    if (hop.device !== 'server' || !hop.rule?.startsWith('search ')) return undefined;
    const { host } = searched(hop.rule);
    const setting = fullName(site, host).slice(host.length + 1);
    return { device: 'server', server: way.flow.server, setting };
  },
  grant: ({ server, setting = '' }, site) =>
    withServer(site, server, (one) => ({ ...one, search: [...suffixesOf(one, site), setting] })),
  words: ({ server, setting }) => `Add ${setting} to the list of DNS suffixes that ${server} searches.`,
};
