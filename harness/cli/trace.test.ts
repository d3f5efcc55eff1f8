import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { trace } from './trace.js';

const site = fileURLToPath(new URL('../../scenarios/sites/https-applications.yaml', import.meta.url));

it.each([
  ['wiki.contoso.test:443', 'ok', undefined],
  ['payroll.contoso.test:8443', 'ok', undefined],
  ['travel.contoso.test:443', 'tls-untrusted-issuer', 'certificate wrong-name'],
  ['expenses.contoso.test:443', 'tls-expired', 'certificate expired'],
  ['archive.contoso.test:80', 'tcp-drop', 'state slow'],
  ['old.contoso.test:80', 'tcp-reject', 'nothing listens'],
])(
  'a trace to the application at %s ends with %s, as a request of the connector does',
  async (target, outcome, rule) => {
    const { signal } = new AbortController();
    const { way, lab } = await trace(site, 'app-proxy-01', 'network-service', target, {
      live: 'embedded',
      signal,
    });
    expect(way.outcome).toBe(outcome);
    expect(way.stops[0]?.rule).toBe(rule);
    expect(lab?.differences).toEqual([]);
  },
);

const { signal } = new AbortController();
const to = (target: string, live?: 'embedded') =>
  trace(site, 'app-proxy-01', 'network-service', target, { signal, ...(live && { live }) });

it('a gateway from a customer’s log, which the lab does not have, is judged by its row', async () => {
  const { way, madeUp } = await to('g9-prod-xyz-001-sb.servicebus.windows.net:443');
  expect(way.outcome).toBe('ok');
  expect(madeUp).toBe(true);
  await expect(to('g9-prod-xyz-001-sb.servicebus.windows.net:443', 'embedded')).rejects.toThrow(
    'nothing can be sent there: leave --live out',
  );
});

it('a host of which nothing is known is told as such, with the nearest, and no resolver is accused', async () => {
  await expect(to('crl3.digicert.co:80')).rejects.toThrow('did you mean crl3.digicert.com?');
  await expect(to('www.google.com:443')).rejects.toThrow(/^nothing is known of www\.google\.com: /);
});
