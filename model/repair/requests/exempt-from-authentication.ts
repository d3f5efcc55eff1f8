import { schemesInRule } from '../../policy/proxy.js';
import type { FlowKind } from '../request.js';
import { list, proxyInWords, withProxyOpened } from './rules.js';

/** The proxy asks nobody who sends a request to documented hosts: services answer no challenge. */
export const exemptFromAuthentication: FlowKind = {
  kind: 'exempt-from-authentication',
  of: ({ hop }) => (hop.result === 'proxy-407' ? { device: hop.device } : undefined),
  grant: (request, site) => withProxyOpened(site, request),
  words: ({ device, targets, rules }) => {
    const asked = rules.map(schemesInRule).join(' or ');
    return `Let ${list(targets)} through ${proxyInWords(device)} without authentication: it asks for ${asked}, which connectors do not answer.`;
  },
};
