import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { documentedInternet } from './testing/flows.js';
import { Walker } from './walk.js';

type Parent = Partial<NonNullable<NonNullable<SiteInput['proxy']>['parent']>>;
type Inspection = NonNullable<SiteInput['inspection']>;
const host = 'login.windows.net';
const reads: Inspection = { at: 'proxy', 'revocation-info': false, 'trusted-by-server': true };

/** A flow through a proxy that inspects, behind which another proxy stands. */
const way = (parent: Parent, inspection = reads) => {
  const proxy = {
    address: 'branch.contoso.test:8080',
    parent: { address: 'proxy.contoso.test:3128', ...parent },
  };
  const { hops, outcome } = new Walker(
    completeSite({ site: 'Both', proxy, inspection }),
    documentedInternet(),
  ).walk({
    ...{ server: 'app-proxy-01', account: 'network-service', stack: 'service', operation: 'bootstrap' },
    ...{ host, port: 443 },
  });
  const met = hops.map(({ device }) => device).filter((device) => device !== 'resolver');
  return { met, outcome, parent: hops.find(({ device }) => device === 'parent-proxy') };
};

it('a proxy ends the TLS of its client before its parent hears of the tunnel', () => {
  const { met, outcome } = way({});
  expect(met.slice(met.indexOf('proxy'))).toEqual(['proxy', 'inspector', 'parent-proxy', 'edge-firewall']);
  expect(outcome).toBe('ok');
  const rules = [{ deny: host }];
  expect(way({ rules }, { ...reads, 'trusted-by-server': false }).outcome).toBe('tls-untrusted-issuer');
});

it.each<[string, Parent, string]>([
  ['a refusal', { rules: [{ deny: host }] }, 'proxy-403'],
  ['a question', { authentication: 'ntlm' }, 'proxy-407'],
  ['a page, which is no TLS', { rules: [{ deny: host }], 'refuses-with': 'page' }, 'tcp-reset'],
])('hands on inside TLS what its parent answers: %s', (_, parent, outcome) => {
  expect(way(parent)).toMatchObject({ outcome, parent: { result: outcome, answers: true } });
});

it('hands on a page in place of a tunnel that it does not read', () => {
  const page: Parent = { rules: [{ deny: host }], 'refuses-with': 'page' };
  const { outcome, parent } = way(page, { ...reads, except: [host] });
  expect(outcome).toBe('http-block-page');
  expect(parent?.answers).toBeUndefined();
});
