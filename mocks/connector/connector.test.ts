import { beforeEach, describe, expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { serviceNames } from '../protocol/names.js';
import { ConnectorLab, everyOk, life } from './testing.js';

const minute = 60_000;
/** Without listening, of which the keep-alives in days of lab time would be most of the work. */
const upToReports = life.slice(0, -1);
const lab = new ConnectorLab();
beforeEach(() => lab.open());
const { site } = lab;
const names = serviceNames(site);
const [server] = site.servers;

describe('a life', () => {
  it('goes from installation to renewal, one operation event each', async () => {
    expect(await lab.perform(...life)).toEqual(everyOk);
    expect(await lab.visit()).toBe('application');
    expect(await lab.perform('deliver', 'renew', 'bootstrap', 'update', 'revocation-check')).toEqual(
      Array(5).fill('ok'),
    );
  });

  it('never attempts what lacks its prerequisite, and sends nothing for it', async () => {
    await lab.perform('sign-in', 'register', 'bootstrap', 'listen', 'deliver', 'renew', 'revocation-check');
    expect(lab.seen('operation').map(({ outcome, prerequisite }) => [outcome, prerequisite])).toEqual([
      ['not-attempted', 'install'],
      ['not-attempted', 'sign-in'],
      ['not-attempted', 'register'],
      ['not-attempted', 'register'],
      ['not-attempted', 'listen'],
      ['not-attempted', 'register'],
      ['not-attempted', 'bootstrap'],
    ]);
    expect(lab.seen('connection')).toEqual([]);
  });

  it('renews its certificate by itself before the end of 180 days', async () => {
    // A report every ten minutes would be tens of thousands; the renewal is what counts here.
    await lab.cloud.setSite(documentedSite({ cloud: { timers: { 'bootstrap-interval': '1d' } } }));
    await lab.perform(...upToReports);
    await lab.clock.advance(170 * 1440 * minute);
    const renewals = lab.seen('attempt').filter(({ operation }) => operation === 'renew');
    expect(renewals.map(({ outcome }) => outcome)).toEqual(['ok']);
    await lab.clock.advance(20 * 1440 * minute);
    expect(await lab.perform('bootstrap')).toEqual(['ok']);
  });

  it('opens the signalling connection again by itself', async () => {
    await lab.perform(...life);
    await lab.fabric.cut();
    expect(await lab.visit()).toBe('gateway-timeout');
    await lab.clock.advance(minute);
    expect(await lab.visit()).toBe('application');
  });
});

describe('what the service wants', () => {
  const hour = 60 * minute;
  const reports = () => lab.seen('attempt').filter(({ operation }) => operation === 'bootstrap');

  it('when reports fail: one try after the interval, five with growing delays, then hourly', async () => {
    await lab.perform(...upToReports);
    await lab.cloud.setSite(
      documentedSite({ cloud: { faults: [{ fault: 'service-unavailable', host: names.bootstrap }] } }),
    );
    // When reports are made, in minutes after the last good one.
    const at = async (span: number) => {
      const before = reports().length;
      await lab.clock.advance(span);
      return reports().length - before;
    };
    expect(await at(9 * minute)).toBe(0);
    // Ten minutes after the last good one, the second ten minutes later; 3 s and 18 s after that.
    expect(await at(2 * minute)).toBe(1);
    expect(await at(8 * minute)).toBe(0);
    expect(await at(2 * minute)).toBeGreaterThanOrEqual(2);
    // 104 s, 10 and 60 minutes, each a fifth more or less: all are over after two hours.
    await at(2 * hour);
    const day = await at(24 * hour);
    expect(day).toBeGreaterThanOrEqual(24 / 1.2);
    expect(day).toBeLessThanOrEqual(24 / 0.8);
    expect(reports().every(({ outcome }, index) => (outcome === 'ok') === (index === 0))).toBe(true);
    await lab.cloud.setSite(site);
    await lab.clock.advance(2 * hour);
    expect(reports().at(-1)?.outcome).toBe('ok');
    expect(await at(hour)).toBe(6);
  });

  it('after too many failures: nothing, until somebody starts it again', async () => {
    await lab.cloud.setSite(documentedSite({ cloud: { 'max-failed-bootstraps': 3 } }));
    await lab.perform(...upToReports);
    await lab.cloud.setSite(
      documentedSite({ cloud: { faults: [{ fault: 'service-unavailable', host: names.bootstrap }] } }),
    );
    await lab.clock.advance(24 * hour);
    expect(reports().map(({ outcome }) => outcome)).toEqual(['ok', ...Array(3).fill('refused-by-service')]);
    expect(lab.seen('windows-log').at(-1)?.text).toMatch(/3 reports have failed/);
    await lab.cloud.setSite(site);
    expect(await lab.perform('bootstrap')).toEqual(['ok']);
  });

  it('an update: the updater fetches it, and the next report is of the new version', async () => {
    if (server) lab.connector.setSite({ ...server, connector: '1.5.2846.0' }, site, []);
    await lab.cloud.setSite(documentedSite({ cloud: { 'required-connector': '1.5.3437.0' } }));
    await lab.perform(...life);
    expect(lab.seen('attempt').filter(({ operation }) => operation === 'update')).toHaveLength(1);
    expect(lab.seen('windows-log').at(-1)?.text).toMatch(/updated from 1\.5\.2846\.0 to 1\.5\.3437\.0/);
    await lab.clock.advance(hour);
    expect(lab.seen('attempt').filter(({ operation }) => operation === 'update')).toHaveLength(1);
    lab.cloud.viewConnector(server?.name ?? '');
    expect(lab.seen('portal').at(-1)?.version).toBe('1.5.3437.0');
  });

  it('to be heard: its message is in the log', async () => {
    await lab.cloud.setSite(documentedSite({ cloud: { message: { level: 'error', text: 'no licence' } } }));
    expect(await lab.perform(...life)).toEqual(everyOk);
    expect(lab.seen('windows-log').at(-1)).toMatchObject({ level: 'error', text: 'no licence' });
  });
});
