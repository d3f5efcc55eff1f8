import { expect, it } from 'vitest';
import { requirement } from '../../model/requirements/catalogue.js';
import { documentedSite } from '../../model/site/documented.js';
import { newerEditionFor, newerEditionInWords } from './newer-edition.js';

const row = 'hosts/policykeyservice.dc.ad.msft.net/443';
const broken = (...ids: string[]) => ({
  requirements: ids.map((id) => ({ ...requirement(id), verdict: 'broken' as const, provedBy: [] })),
});

it('says nothing of a site with which the newest page is content', () => {
  expect(newerEditionFor(documentedSite(), broken())).toBeUndefined();
  expect(newerEditionFor(documentedSite(), broken('hosts/login.windows.net/443'))).toBeUndefined();
});

it('says what the newest page no longer has, and which servers it asks more of', () => {
  const servers = [
    { name: 'old', windows: 'server-2012-r2' as const, dotnet: '4.7.1' },
    { name: 'new', windows: 'server-2016' as const, dotnet: '4.7.2' },
  ];
  const found = newerEditionFor(documentedSite({ servers }), broken(row, 'hosts/login.windows.net/443'));
  expect(found).toEqual({
    date: '2026-02-04',
    noLongerAsked: [row],
    lacking: [
      'old runs server-2012-r2, and it asks for server-2016',
      'old has .NET Framework 4.7.1, and it asks for 4.7.2',
    ],
  });
  expect(found && newerEditionInWords(found)).toContain(`  it no longer has ${row}`);
});

it('does not speak of the government’s list, which stands on a page of its own', () => {
  const site = documentedSite({ cloud: { environment: 'us-government' } });
  expect(newerEditionFor(site, broken(row))).toBeUndefined();
});
