import { z } from 'zod';
import { hostList, name } from './values.js';

export const inspectionSchema = z.strictObject({
  at: z
    .enum(['edge', 'proxy'])
    .default('edge')
    .describe(
      'Where TLS is inspected: on the way out of the site, or by its `proxy`, in the tunnels that it opens to port 443 (`ssl-bump` of squid); what its `parent` refuses, clients then read inside that TLS. Default: `edge`.',
    ),
  product: z
    .enum(['node', 'mockttp', 'squid', 'mitmproxy'])
    .default('node')
    .describe(
      'The program that inspects, all with the same results. Default: `node`, our own; the others need the containers engine.',
    ),
  authority: name
    .default('Inspection CA')
    .describe('Name of the authority that issues the forged certificates. Default: `Inspection CA`.'),
  'trusted-by-server': z
    .boolean()
    .default(false)
    .describe('Whether the servers have that authority among their trusted roots. Default: `false`.'),
  only: hostList.optional().describe('Hosts whose TLS is inspected, and no others. Default: all hosts.'),
  except: hostList
    .default([])
    .describe(
      'Hosts that are exempt, before it looks at `only`. Documented hosts have to be. Default: none.',
    ),
  'revocation-info': z
    .boolean()
    .default(true)
    .describe('Whether forged certificates name a revocation list. Default: `true`.'),
  'client-certificate': z
    .enum(['none', 'own'])
    .default('none')
    .describe(
      "What it shows servers in place of the connector's certificate: nothing, or one of its own authority. Default: `none`.",
    ),
  websocket: z
    .enum(['pass', 'strip-upgrade'])
    .default('pass')
    .describe('What happens to upgrades to WebSocket inside inspected TLS. Default: `pass`.'),
  'block-page': hostList
    .default([])
    .describe('Hosts of which it answers every inspected request with a page of its own. Default: none.'),
});
export type Inspection = z.infer<typeof inspectionSchema>;

export const synProxySchema = z.strictObject({
  resets: hostList
    .min(1)
    .describe('Hosts of which it resets connections, once it has read the name in the ClientHello.'),
});
export type SynProxy = z.infer<typeof synProxySchema>;
