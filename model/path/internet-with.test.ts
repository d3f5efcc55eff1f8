import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import { internetWith } from './internet-with.js';
import { documentedInternet } from './testing/flows.js';

const internet = documentedInternet();
const site = completeSite({
  site: 'Names',
  servers: [{ name: 'app-proxy-01', hosts: { 'left.test': '198.18.9.9' } }],
});
const found = (host: string) => internetWith(host, site, internet);

it('a name of the service that the lab does not have is where others of its row are', () => {
  const name = 'g9-prod-xyz-001-sb.servicebus.windows.net';
  expect(found(name)?.made).toBe(true);
  const relay = internet.hosts.find((one) => one.name.endsWith('.servicebus.windows.net'));
  expect(found(name)?.internet.find(name)?.address).toBe(relay?.address);
});

it.each(['crl3.digicert.com', 'CRL3.digicert.com.', 'intranet.contoso.test', 'left.test', '198.18.9.9'])(
  'nothing is made up for %s, which is known',
  (host) => expect(found(host)).toEqual({ internet, made: false }),
);

it.each(['www.google.com', 'crl3.digicert.co', 'servicebus.windows.net'])(
  'of %s, which neither page nor site has, nothing can be said',
  (host) => expect(found(host)).toBeUndefined(),
);
