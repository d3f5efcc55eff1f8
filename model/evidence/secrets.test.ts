import { expect, it } from 'vitest';
import { withoutAccounts, withoutValues } from './secrets.js';

it.each([
  ['http://anna:secret@proxy:8080', 'http://***@proxy:8080'],
  ['cache_peer p login=anna:se=c:ret@p', 'cache_peer p login=***@p'],
  ['a=b:c=d@x e:f@y', 'a=***@x ***@y'],
  ['anna@proxy :secret@proxy', 'anna@proxy :secret@proxy'],
  ['a;b:c@d', 'a;***@d'],
])('who asks by %j is told as %j', (text, told) => {
  expect(withoutAccounts(text)).toBe(told);
});

it.each([
  ['cache_peer p login=anna', 'cache_peer p login=***'],
  ['Password = x, token=y z', 'Password = x, token=*** z'],
  ['a=password=x monkey=1 keys=2', 'a=password=*** monkey=*** keys=2'],
  ['my_passphrase=x', 'my_passphrase=***'],
])('%j is told as %j', (text, told) => {
  expect(withoutValues(text)).toBe(told);
});
