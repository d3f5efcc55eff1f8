import { z } from 'zod';
import { stacks } from '../evidence/vocabulary.js';

/** How a machine finds its proxy. */

/** The longest that a browser would still load. Characters. */
const longestFile = 1_000_000;

const aBypassEntry = 'a host, a pattern such as *.contoso.test or 10.*, or <local>';
export const bypassList = z.array(
  z
    .string(aBypassEntry)
    .max(253)
    .regex(/^(<local>|[\p{L}\p{N}_.*:-]+)$/u, aBypassEntry),
);

const pacFile = z.string().max(longestFile);
const usedBy = z.array(z.enum(stacks));

export const pacSchema = z.strictObject({
  file: pacFile.describe(
    'The file itself, JavaScript with a function `FindProxyForURL(url, host)`. It runs in a sandbox: names are what the resolver of the site says, `myIpAddress()` is the server’s, and it is always noon (UTC) of a Wednesday.',
  ),
  'used-by': usedBy
    .default([...stacks])
    .describe('Network stacks of the servers that are told where the file is. Default: all.'),
});

export const wpadStates = ['absent', 'hangs', 'not-found'] as const;

export const wpadSchema = z.strictObject({
  state: z
    .enum(wpadStates)
    .optional()
    .describe(
      'What becomes of the question for `wpad.<domain of the tenant>`, where nobody gives a file: there is no such name (`absent`), the host does not answer (`hangs`), or it has no such file (`not-found`). In all of them connections go direct. Default: `absent`.',
    ),
  file: pacFile
    .optional()
    .describe(
      'The PAC file that the host `wpad` gives to everybody, as `pac` has it. Default: there is none.',
    ),
  'used-by': usedBy
    .default([...stacks])
    .describe('Network stacks of the servers that detect their settings automatically. Default: all.'),
});

const aSetting = 'direct, proxy, pac, wpad, { bypass: [...] } or { pac: ... }';
export const proxySettingSchema = z.union(
  [
    z.enum(['direct', 'proxy', 'pac', 'wpad']),
    z.strictObject({
      bypass: bypassList.describe('Hosts to which it goes direct; every other by the proxy of the site.'),
    }),
    z.strictObject({ pac: pacFile.describe('A PAC file of its own, as `file` of `pac` has it.') }),
  ],
  { error: aSetting },
);

export const proxySettingsSchema = z.partialRecord(z.enum(stacks), proxySettingSchema);

/** What one stack of one server is told. */
export type ProxySetting = z.infer<typeof proxySettingSchema>;
