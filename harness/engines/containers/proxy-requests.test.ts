import { expect, it } from 'vitest';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import { ProxyRequests } from './proxy-requests.js';

const site = documentedSite({
  proxy: { address: '198.18.2.10:8080', parent: { address: '198.18.2.11:3128' } },
});
const requests = () => new ProxyRequests({ site, addresses: siteAddresses(site) });
const asked = (connection: string) => ({
  ...{ kind: 'admitted' as const, connection, host: '198.18.64.9', port: 443, rule: 'allow *' },
});
const atFirst = asked('198.18.1.10:10001>198.18.2.10:8080');
const between = '198.18.2.10:40000>198.18.2.11:3128';
const onward = '198.18.2.11:50000>198.18.64.9:443';

it.each(['first', 'parent'])(
  'a request goes through both proxies, whichever is heard of first: the %s',
  (first) => {
    const all = requests();
    const toParent = all.opened('proxy', between, '198.18.2.11', 3128);
    // One for the same host that never came to the parent: who asked had gone.
    all.admitted(asked('198.18.1.10:10000>198.18.2.10:8080'));
    if (first === 'first') all.admitted(atFirst);
    const atParent = { ...asked(between), client: '198.18.1.10:10001' };
    all.handedOn(toParent, atParent);
    if (first === 'parent') all.admitted(atFirst);
    expect(toParent).toMatchObject({ host: '198.18.2.11', parent: atFirst.connection });
    all.admitted(atParent);
    expect(all.opened('parent-proxy', onward, '198.18.64.9', 443).parent).toBe(between);
  },
);

it('what a server asks of the parent itself is nobody else’s', () => {
  const all = requests();
  const own = asked('198.18.1.10:10002>198.18.2.11:3128');
  all.admitted(own);
  expect(all.opened('parent-proxy', onward, '198.18.64.9', 443).parent).toBe(own.connection);
});
