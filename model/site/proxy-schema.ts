import { z } from 'zod';
import { stacks } from '../evidence/vocabulary.js';
import { account } from './account.js';
import { bypassList } from './proxy-settings-schema.js';
import { hostList, portList } from './values.js';

/** Ways in which a proxy asks who is there (RFC 7617; RFC 4559; MS-NTHT). */
export const authenticationSchemes = ['basic', 'ntlm', 'negotiate'] as const;
export type AuthenticationScheme = (typeof authenticationSchemes)[number];

const scheme = z.enum(authenticationSchemes);
const aQuestion = `none, ${authenticationSchemes.join(', ')}, or a list of the last three`;

const address = z.string().regex(/^[^:/\s]+:\d{1,5}$/, 'host:port, such as proxy.contoso.test:8080');

/** What every proxy decides by. */
const lists = {
  authentication: z
    .union([z.enum(['none', ...authenticationSchemes]), z.array(scheme).min(1)], { error: aQuestion })
    .default('none')
    .describe(
      'What it asks of everybody who sends a request: one scheme, or several in the order of its challenges, `[negotiate, ntlm]`. Connectors answer none of them. `basic` accepts `lab` with the password `lab`; `ntlm` and `negotiate` accept nobody, since the lab has no domain. Default: `none`.',
    ),
  allow: hostList.optional().describe('Hosts that it lets through, and no others. Default: all hosts.'),
  deny: hostList.default([]).describe('Hosts that it refuses, before it looks at `allow`. Default: none.'),
  'refuses-with': z
    .enum(['forbidden', 'page'])
    .default('forbidden')
    .describe(
      'How it answers what its lists refuse: with status 403, or with a page of its own and status 200, as if it were the answer (`deny_info 200:…` of squid). A tunnel gets it in place of the tunnel; where the proxy inspects, behind a handshake with its certificate. Default: `forbidden`.',
    ),
  ports: portList
    .default([80, 443])
    .describe(
      'Ports and ranges of ports to which it opens tunnels (CONNECT), as `SSL_ports` of squid. Default: 80 and 443.',
    ),
  'plain-ports': portList
    .default([80])
    .describe(
      'Ports and ranges of ports from which it fetches in the clear (`GET http://…`): revocation lists. Default: 80.',
    ),
};

const exemptHosts = hostList
  .default([])
  .describe('Hosts for which nobody is asked, whoever sends the request. Default: none.');
const exemption =
  'Where it asks for no authentication; one of the two lists is enough. Its allow and deny lists decide all the same.';

const parentProxySchema = z.strictObject({
  address: address.describe(
    'Name or address of the parent, and its port: `parent.contoso.test:3128`. The proxy knows it, and asks no resolver.',
  ),
  ...lists,
  'no-authentication': z
    .strictObject({ hosts: exemptHosts })
    .prefault({})
    .describe('Hosts for which it asks for no authentication; its allow and deny lists decide all the same.'),
});
export type ParentProxy = z.infer<typeof parentProxySchema>;

export const proxySchema = z.strictObject({
  address: address.describe('Name or address of the proxy, and its port: `proxy.contoso.test:8080`.'),
  ...lists,
  'no-authentication': z
    .strictObject({
      hosts: exemptHosts,
      accounts: z
        .array(account)
        .default([])
        .describe('Windows accounts that are asked nothing, wherever their requests go. Default: none.'),
    })
    .prefault({})
    .describe(exemption),
  parent: parentProxySchema
    .optional()
    .describe(
      'A second proxy inside the site, through which it sends everything, as `cache_peer … parent` of squid: both decide, and firewalls see the address of the parent (`from: parent-proxy`). Default: none.',
    ),
  'used-by': z
    .array(z.enum(stacks))
    .optional()
    .describe(
      'Network stacks of the servers that are told its address; those that neither `pac` nor `wpad` is told go direct. Each reads its setting in a place of its own. Default: all that `pac` and `wpad` do not name.',
    ),
  bypass: bypassList
    .default([])
    .describe(
      'Hosts to which those stacks go direct, as Windows writes them: `*.contoso.test` (not contoso.test itself), `10.*`, `<local>` for names without a dot. Default: none.',
    ),
});
export type Proxy = z.infer<typeof proxySchema>;

/** What a proxy asks for, in the order of its challenges; none: it asks nobody. */
export function schemesOf({ authentication }: Pick<Proxy, 'authentication'>): AuthenticationScheme[] {
  if (typeof authentication !== 'string') return [...new Set(authentication)];
  return authentication === 'none' ? [] : [authentication];
}
