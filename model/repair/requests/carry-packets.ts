import type { FlowKind } from '../request.js';

/** The link carries what it is given. */
export const carryPackets: FlowKind = {
  kind: 'carry-packets',
  of: ({ hop }) =>
    hop.device === 'link' && hop.action === 'lose' ? { device: 'link', setting: 'loss' } : undefined,
  grant: (_, site) => ({ ...site, link: { ...site.link, loss: 0 } }),
  words: () => 'Repair the link to the internet: it loses every packet.',
};
