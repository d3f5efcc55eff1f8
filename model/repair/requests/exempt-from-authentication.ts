import { schemesInRule } from '../../policy/proxy.js';
import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** The proxy asks nobody who sends a request to documented hosts: services answer no challenge. */
export const exemptFromAuthentication: FlowKind = {
  kind: 'exempt-from-authentication',
  of: ({ hop }) =>
    hop.result === 'proxy-407' ? { device: 'proxy', setting: 'no-authentication' } : undefined,
  grant({ targets }, site) {
    const { proxy } = site;
    if (!proxy) return site;
    const { hosts, accounts } = proxy['no-authentication'];
    const exempt = [...new Set([...hosts, ...targets.map(({ host }) => host)])];
    return { ...site, proxy: { ...proxy, 'no-authentication': { hosts: exempt, accounts } } };
  },
  words: ({ targets, rules }) => {
    const asked = rules.map(schemesInRule).join(' or ');
    return `Let ${list(targets)} through the proxy without authentication: it asks for ${asked}, which connectors do not answer.`;
  },
};
