import { isProxyMachine } from '../../site/proxies.js';
import type { FlowKind } from '../request.js';
import { list, proxyInWords, withProxyOpened } from './rules.js';

/** The proxy's rules let documented hosts through. */
export const passProxy: FlowKind = {
  kind: 'pass-proxy',
  of: ({ hop }) =>
    isProxyMachine(hop.device) && hop.action === 'refuse' ? { device: hop.device } : undefined,
  grant: (request, site) => withProxyOpened(site, request),
  words: ({ device, targets }) => `Let ${list(targets)} through ${proxyInWords(device)}.`,
};
