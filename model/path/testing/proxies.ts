import fc from 'fast-check';
import { accounts } from './hosts.js';
import { list } from './rules.js';

/** What any proxy decides by. */
const lists = {
  authentication: fc.constantFrom<'none' | 'basic' | ('negotiate' | 'ntlm' | 'basic')[]>(
    ...['none' as const, 'none' as const, 'none' as const, 'basic' as const],
    ...[
      ['negotiate' as const, 'ntlm' as const],
      ['ntlm' as const, 'basic' as const],
    ],
  ),
  allow: list,
  deny: list,
  'refuses-with': fc.constantFrom('forbidden' as const, 'forbidden' as const, 'page' as const),
  ports: fc.constantFrom<(number | string)[]>([80, 443], [443], ['1-100', 443]),
  'plain-ports': fc.constantFrom<number[]>([80], [8080]),
};
const parent = fc
  .record(
    { ...lists, 'no-authentication': fc.record({ hosts: list }) },
    { requiredKeys: ['authentication', 'ports'] },
  )
  .map((drawn) => ({ address: 'parent.contoso.test:3128', ...drawn }));

/** Proxies with several mistakes at once, some of them behind another. */
export const proxy = fc.record(
  {
    ...lists,
    'no-authentication': fc.record({ hosts: list, accounts: fc.subarray([...accounts]) }),
    parent,
  },
  { requiredKeys: ['authentication', 'ports'] },
);
