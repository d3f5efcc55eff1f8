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
