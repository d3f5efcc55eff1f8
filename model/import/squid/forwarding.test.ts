import { expect, it } from 'vitest';
import { decideProxy, notJudgedByProxy } from '../../policy/proxy.js';
import { proxySchema } from '../../site/schema.js';
import { squid } from './index.js';

const frame =
  'http_port 3128\nacl ms dstdomain .msappproxy.net\nacl crl dstdomain .digicert.com\nhttp_access allow all\n';
const requests = [
  { host: 'x.msappproxy.net', port: 443, method: 'connect' },
  { host: 'crl3.digicert.com', port: 80, method: 'plain' },
  { host: 'login.windows.net', port: 443, method: 'connect' },
] as const;

/** What becomes of a tunnel to the service, of a list, and of a tunnel to another host; `?`: not judged. */
function decided(lines: string): { said: string; parent: string | undefined; told: number } {
  const { site, notUnderstood } = squid.read({ file: 'squid.conf', text: frame + lines }, {});
  const proxy = proxySchema.parse(site?.proxy);
  const said = requests.map((one) =>
    notJudgedByProxy(proxy, one).length > 0 ? '?' : decideProxy(proxy, one, false).action,
  );
  return { said: said.join(' '), parent: proxy.parent?.address, told: notUnderstood.length };
}

// As squid 5 answers them, which dev/judges asks.
it.each([
  ['miss_access deny ms', 'refuse allow allow'],
  ['miss_access allow ms', 'allow refuse refuse'],
  ['miss_access allow all', 'allow allow allow'],
  ['http_reply_access deny ms', 'allow allow allow'],
  ['http_reply_access deny crl', 'allow refuse allow'],
  ['http_reply_access allow ms\nhttp_reply_access deny all', 'allow refuse allow'],
  ['never_direct allow all', 'refuse refuse refuse'],
  ['never_direct allow CONNECT', 'refuse allow refuse'],
  ['always_direct allow ms\nnever_direct allow all', 'allow refuse refuse'],
  ['never_direct deny ms', 'allow refuse refuse'],
  ['always_direct allow all\nnever_direct allow all', 'allow allow allow'],
])('knows what %s does', (lines, said) => {
  expect(decided(lines)).toEqual({ said, parent: undefined, told: 0 });
});

const up = 'cache_peer up.test parent 3128 0 name=up\n';

it('refuses what its only parent is not asked for', () => {
  expect(decided(`${up}never_direct allow all\ncache_peer_access up deny ms`)).toMatchObject({
    said: 'refuse allow allow',
    parent: 'up.test:3128',
  });
  expect(decided(`${up}never_direct allow all\ncache_peer_access up allow ms`).said).toBe(
    'allow refuse refuse',
  );
});

it('does not judge what goes past its only parent, and nothing else for that', () => {
  const { said, parent } = decided(`${up}always_direct allow ms\nnever_direct allow all`);
  expect(said).toBe('? allow allow');
  expect(parent).toBe('up.test:3128');
  expect(
    decided(`${up}always_direct allow ms\nnever_direct allow all\ncache_peer_access up deny all`).said,
  ).toBe('? refuse refuse');
});

it('does not judge what may go to a parent or past it, where squid chooses', () => {
  for (const lines of [
    up,
    `${up}cache_peer other.test parent 3128 0\nnever_direct allow all`,
    `${up}never_direct deny crl\nnever_direct allow all`,
  ])
    expect(decided(lines), lines).toMatchObject({ said: '? ? ?', parent: undefined });
  // Of what goes direct for certain is judged what the rest of the site says.
  expect(decided(`${up}always_direct allow ms`).said).toBe('allow ? ?');
});

it('does not judge what an unknown condition of these lists may refuse', () => {
  const { said, told } = decided('acl kind rep_mime_type video\nhttp_reply_access deny kind');
  expect(said).toBe('allow ? allow');
  expect(told).toBe(1);
});
