import { z } from 'zod';
import { stacks } from '../evidence/vocabulary.js';
import { type ProxyRule, parentRuleList, proxyRuleList } from './proxy-rule-schema.js';
import { bypassList } from './proxy-settings-schema.js';
import { shortForm, withoutShortForm } from './proxy-short-form.js';

/** Ways in which a proxy asks who is there (RFC 7617; RFC 4559; MS-NTHT). */
export const authenticationSchemes = ['basic', 'ntlm', 'negotiate'] as const;
export type AuthenticationScheme = (typeof authenticationSchemes)[number];

const scheme = z.enum(authenticationSchemes);
const aQuestion = `none, ${authenticationSchemes.join(', ')}, or a list of the last three`;

const address = z.string().regex(/^[^:/\s]+:\d{1,5}$/, 'host:port, such as proxy.contoso.test:8080');

/** What every proxy has beside its rules. */
const common = {
  authentication: z
    .union([z.enum(['none', ...authenticationSchemes]), z.array(scheme).min(1)], { error: aQuestion })
    .default('none')
    .describe(
      'How it asks who is there: one scheme, or several in the order of its challenges, `[negotiate, ntlm]`. Whom, rules with `ask` say; without one, everybody first of all. Connectors answer none; `basic` accepts `lab` with the password `lab`, the others nobody. Default: `none`.',
    ),
  default: z
    .enum(['allow', 'deny'])
    .default('allow')
    .describe('What it does with requests that no rule is about. Default: `allow`.'),
  'refuses-with': z
    .enum(['forbidden', 'page'])
    .default('forbidden')
    .describe(
      'How it answers what it refuses: with status 403, or with a page of its own and status 200, as if it were the answer (`deny_info 200:…` of squid). A tunnel gets it in place of the tunnel; where the proxy inspects, behind a handshake with its certificate. Default: `forbidden`.',
    ),
};

const parentProxySchema = z
  .strictObject({
    address: address.describe(
      'Name or address of the parent, and its port: `parent.contoso.test:3128`. The proxy knows it, and asks no resolver.',
    ),
    ...common,
    rules: parentRuleList,
  })
  .transform(withQuestion);
export type ParentProxy = z.infer<typeof parentProxySchema>;

export const proxySchema = z
  .strictObject({
    address: address.describe('Name or address of the proxy, and its port: `proxy.contoso.test:8080`.'),
    ...common,
    ...shortForm,
    rules: proxyRuleList,
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
  })
  .transform(withoutShortForm)
  .transform(withQuestion);
export type Proxy = z.infer<typeof proxySchema>;

/** What a proxy asks for, in the order of its challenges; none: it asks nobody. */
export function schemesOf({
  authentication,
}: {
  authentication: 'none' | AuthenticationScheme | AuthenticationScheme[];
}): AuthenticationScheme[] {
  if (typeof authentication !== 'string') return [...new Set(authentication)];
  return authentication === 'none' ? [] : [authentication];
}

/** Who does not say whom he asks, asks everybody. */
function withQuestion<
  P extends { authentication: 'none' | AuthenticationScheme | AuthenticationScheme[]; rules: ProxyRule[] },
>(proxy: P): P {
  const asks = schemesOf(proxy).length > 0 && proxy.rules.every(({ ask }) => ask === undefined);
  return asks ? { ...proxy, rules: [{ ask: 'any', port: 'any', except: [] }, ...proxy.rules] } : proxy;
}
