import { entryName } from '../../site/host-entry.js';
import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** The firewall that reads ClientHellos resets no connection to documented hosts. */
export const passSynProxy: FlowKind = {
  kind: 'pass-syn-proxy',
  of: ({ hop }) => (hop.device === 'syn-proxy' ? { device: 'syn-proxy' } : undefined),
  grant({ rules }, site) {
    const { 'syn-proxy': settings, ...others } = site;
    if (!settings) return site;
    const resets = settings.resets.filter((entry) => !rules.includes(`reset ${entryName(entry)}`));
    return resets.length > 0 ? { ...site, 'syn-proxy': { resets } } : others;
  },
  words: ({ targets }) =>
    `Reset no connection to ${list(targets)} at the firewall that answers TCP itself (after the ClientHello).`,
};
