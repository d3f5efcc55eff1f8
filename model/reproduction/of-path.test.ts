import { expect, it } from 'vitest';
import { diagnose } from '../diagnosis/diagnose.js';
import { attempts } from '../diagnosis/testing.js';
import { reproduce } from './reproduce.js';

const lists = ['crl3.digicert.com', 'ocsp.digicert.com'].map((host) => ({
  ...({ stack: 'system', host, port: 80, outcome: 'tcp-drop' } as const),
}));
const list443 = { ...lists[0], host: 'login.windows.net', port: 443 };
const service = { host: 'a.servicebus.windows.net' };

it('closes to one network stack the places that no other one got through to', () => {
  const evidence = attempts(...lists, list443, service);
  const { site, made, unmade } = reproduce(evidence, diagnose(evidence));
  expect(made.map(({ scope }) => scope)).toContainEqual({ stack: 'system' });
  expect(unmade).toEqual([]);
  expect(site.firewall?.rules).toContainEqual({ deny: lists.map(({ host }) => host), port: 80 });
});

it('makes no site where another stack got through to one of them', () => {
  const evidence = attempts(...lists, list443, service, { ...lists[0], stack: 'updater', outcome: 'ok' });
  const { made, unmade } = reproduce(evidence, diagnose(evidence));
  expect(made.concat(unmade).map(({ scope }) => scope)).toContainEqual({ stack: 'system' });
  expect(unmade.map(({ scope }) => scope)).toEqual([{ stack: 'system' }]);
});
