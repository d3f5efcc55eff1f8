import type { SiteInput } from '../../../model/site/schema.js';
import { type Dimension, type Leaving, trait } from './trait.js';

const address = 'proxy.contoso.test:8080';
const pac = (answer: string) =>
  `function FindProxyForURL(url, host) { return dnsDomainIs(host, ".contoso.test") ? "DIRECT" : "${answer}"; }`;
const by = (name: string, leaves: Leaving, parts: Pick<SiteInput, 'proxy' | 'pac' | 'wpad'>) =>
  trait(name, (draft) => {
    Object.assign(draft.site, parts);
    draft.leaves = leaves;
  });

/** How connections leave; without one of these: directly. */
export const ways: Dimension = {
  name: 'way',
  without: 3,
  traits: [
    by('proxy', 'proxy', { proxy: { address } }),
    by('proxy by its address', 'proxy', { proxy: { address: '198.18.2.20:3128' } }),
    by('proxy with rules', 'proxy', {
      proxy: {
        address,
        default: 'deny',
        rules: [{ deny: '*.example' }, { allow: 'documented' }, { allow: '*.contoso.test' }],
      },
    }),
    by('proxy with lists of ports', 'proxy', {
      proxy: { address, ports: [443], 'plain-ports': [80], deny: ['*.example', 'updates.example'] },
    }),
    by('proxy that asks for others', 'proxy', {
      proxy: {
        address,
        authentication: ['negotiate', 'ntlm'],
        rules: [{ allow: 'documented' }, { allow: '*.contoso.test' }, { ask: 'any' }],
      },
    }),
    by('proxy that knows the servers', 'proxy', {
      proxy: {
        address,
        default: 'deny',
        rules: [{ allow: 'any', from: '198.18.1.0/255.255.255.0', port: [80, 443] }],
      },
    }),
    by('parent proxy', 'parent-proxy', {
      proxy: { address, parent: { address: 'parent.contoso.test:3128' } },
    }),
    by('parent proxy with rules', 'parent-proxy', {
      proxy: {
        address: 'proxy.branch.contoso.test:3128',
        rules: [{ deny: '*.example' }],
        parent: { address, default: 'deny', rules: [{ allow: 'documented' }, { allow: '*.contoso.test' }] },
      },
    }),
    by('proxy with a bypass list', 'proxy', {
      proxy: { address, bypass: ['*.contoso.test', '<local>', '10.*'] },
    }),
    by('proxy, and the browser direct', 'both', {
      proxy: { address, 'used-by': ['service', 'system', 'tunnel', 'updater'] },
    }),
    by('proxy for what is not the tunnel', 'both', {
      proxy: { address, 'used-by': ['service', 'system', 'updater', 'browser'] },
    }),
    by('PAC file', 'proxy', { proxy: { address }, pac: { file: pac(`PROXY ${address}`) } }),
    by('PAC file with a way out', 'both', {
      proxy: { address },
      pac: { file: pac(`PROXY ${address}; DIRECT`) },
    }),
    by('PAC file that says direct', 'direct', { pac: { file: pac('DIRECT') } }),
    by('PAC file for the service alone', 'proxy', {
      proxy: { address, 'used-by': ['system', 'tunnel', 'updater', 'browser'] },
      pac: { file: pac(`PROXY ${address}`), 'used-by': ['service'] },
    }),
    by('PAC file found by DNS', 'proxy', { proxy: { address }, wpad: { file: pac(`PROXY ${address}`) } }),
    by('detection that finds nothing', 'direct', { wpad: { state: 'absent' } }),
    by('detection that finds no file', 'direct', {
      wpad: { state: 'not-found', 'used-by': ['browser', 'system'] },
    }),
    trait('updater with a file of its own', (draft) => {
      Object.assign(draft.site, { proxy: { address } });
      draft.leaves = 'proxy';
      for (const server of draft.site.servers)
        server['proxy-settings'] = { updater: { pac: pac(`PROXY ${address}`) } };
    }),
    trait('updater direct', (draft) => {
      Object.assign(draft.site, { proxy: { address } });
      draft.leaves = 'both';
      for (const server of draft.site.servers) server['proxy-settings'] = { updater: 'direct' };
    }),
  ],
};
