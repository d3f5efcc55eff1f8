import { expect, it } from 'vitest';
import { internetOf } from '../path/public-host.js';
import { stopsOf } from '../repair/stops.js';
import { completeSite } from '../site/complete.js';
import { notJudgedIn } from './not-judged.js';

const internet = internetOf([]);
/** A server's own firewall that denies a destination and lets all else through, as imports write it. */
const siteOf = (deny: string) =>
  completeSite({
    site: 'Imported',
    servers: [
      {
        name: 'app-proxy-01',
        'host-firewall': { rules: [{ deny, source: { file: 'rules.csv', line: 2 } }, { allow: 'any' }] },
      },
    ],
  });
const isOfIntranet = ({ host }: { host: string }) => host === 'intranet.contoso.test';
const closed = (site: ReturnType<typeof siteOf>) =>
  stopsOf(site, internet).filter((stop) => stop.by === 'flow' && isOfIntranet(stop.target));

it.each(['192.0.0.0/4', '198.0.0.0/8', '128.0.0.0/1'])(
  'does not judge of an imported rule about %s what it does to an application inside',
  (range) => {
    const site = siteOf(range);
    expect(closed(site)).toEqual([]);
    const doubts = notJudgedIn(site, internet).filter(({ targets }) => targets.some(isOfIntranet));
    expect(doubts).toMatchObject([
      {
        device: 'host-firewall',
        targets: [{ host: 'intranet.contoso.test', port: 80 }],
        requirements: ['server/reaches-application'],
        sources: [{ file: 'rules.csv', line: 2 }],
      },
    ]);
  },
);

it('knows that a rule about all addresses closes an application inside, and one about networks elsewhere does not', () => {
  const all = siteOf('0.0.0.0/0');
  expect(closed(all)).not.toEqual([]);
  const elsewhere = siteOf('20.33.0.0/16');
  expect(closed(elsewhere)).toEqual([]);
  expect(notJudgedIn(elsewhere, internet).filter(({ targets }) => targets.some(isOfIntranet))).toEqual([]);
});
