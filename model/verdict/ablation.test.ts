import { expect, it } from 'vitest';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { effectOf, hiddenRows, rowName } from './ablation.js';
import type { FoundResult } from './results-of.js';

const row = (host: string, port: 443 | 80) => {
  const found = documentedHosts('public').find((one) => one.host === host && one.port === port);
  if (!found) throw new Error(`no such row: ${host}:${port}`);
  return found;
};
const [service, list] = [row('*.msappproxy.net', 443), row('crl3.digicert.com', 80)];
const base = { server: 's', events: [] };
const dropped = (operation: FoundResult['operation'], host: string, port: number): FoundResult => ({
  ...{ ...base, operation, host, port, result: 'tcp-drop' as const },
  ...{ device: 'edge-firewall' as const, rule: 'default drop' },
});
const registerDropped = dropped('register', 't.registration.msappproxy.net', 443);
const notReported: FoundResult = { ...base, operation: 'bootstrap', result: 'not-attempted' };
const listDropped = dropped('revocation-check', 'crl3.digicert.com', 80);

it('tells what fails first from what fails too and what is not attempted then', () => {
  const effect = effectOf(service, [
    registerDropped,
    notReported,
    { ...base, operation: 'install', result: 'ok' },
  ]);
  expect(effect).toMatchObject({
    first: 'register',
    cells: { install: 'works', register: 'fails', bootstrap: 'not-attempted' },
  });
});

it('finds the row that is not seen beside another, and only that', () => {
  const alone = [
    { rows: [service], found: [registerDropped] },
    { rows: [list], found: [listDropped] },
  ];
  const hides = hiddenRows(alone, [{ rows: [service, list], found: [registerDropped] }]);
  expect(hides).toEqual([{ row: list, by: service }]);
  expect(hiddenRows(alone, [{ rows: [service, list], found: [registerDropped, listDropped] }])).toEqual([]);
});

it('does not call hidden what nothing needs alone', () => {
  const alone = [
    { rows: [service], found: [registerDropped] },
    { rows: [list], found: [] },
  ];
  expect(hiddenRows(alone, [{ rows: [service, list], found: [registerDropped] }])).toEqual([]);
});

it('takes for the effect of a row only what the rule that closes it did, at its hosts and its port', () => {
  const alone = (found: FoundResult[]) =>
    hiddenRows([{ rows: [list], found }], [{ rows: [list, service], found: [] }]);
  expect(alone([listDropped])).toEqual([{ row: list, by: service }]);
  expect(alone([{ ...listDropped, rule: 'deny crl4.digicert.com port 80' }])).toEqual([]);
  expect(alone([{ ...listDropped, port: 443 }])).toEqual([]);
  expect(alone([{ ...listDropped, host: 'crl4.digicert.com' }])).toEqual([]);
  expect(alone([{ ...listDropped, host: undefined }])).toEqual([]);
});

it('tells what fails first of several, whatever worked elsewhere', () => {
  const effect = effectOf(list, [
    { ...base, operation: 'revocation-check', result: 'ok' },
    listDropped,
    { ...base, operation: 'listen', result: 'not-attempted' },
    { ...base, operation: 'listen', result: 'tls-expired' },
  ]);
  expect(effect.cells).toMatchObject({ 'revocation-check': 'fails', listen: 'fails', install: 'works' });
  expect(effectOf(list, [])).not.toHaveProperty('first');
  expect(rowName(list)).toBe('crl3.digicert.com:80');
});
