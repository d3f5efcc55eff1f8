import type { Rule } from '../cause.js';
import type { Seen } from '../sight.js';
import { stopped } from './stopped.js';

/** The tunnel was opened, or what was asked came. */
const through = ({ via, symptom, shown }: Seen) =>
  via !== undefined && (shown !== undefined || symptom === 'works');
const reached = ({ via, connected }: Seen) => via !== undefined && connected === true;

export const proxyRules: readonly Rule[] = [
  stopped({
    id: 'proxy/authentication',
    says: 'The proxy asks who is there, and connectors cannot answer',
    members: ['a proxy that asks everybody, or these accounts', 'a parent proxy that does'],
    unlike: { rule: 'proxy/refuses', tell: 'Nothing more is needed: 407 says it.' },
    symptoms: ['proxy-asks'],
    passed: through,
    certain: true,
    seen: asks,
  }),
  stopped({
    id: 'proxy/refuses',
    says: 'The proxy refuses',
    members: [
      'a list of hosts of the proxy',
      'the ports to which it opens tunnels',
      'the same of a parent proxy',
    ],
    unlike: {
      rule: 'proxy/cannot-connect',
      tell: 'Nothing more is needed to know that a proxy does: 403 says it. Its log has the rule.',
    },
    symptoms: ['proxy-refuses', 'proxy-page'],
    passed: through,
    certain: true,
    seen: (failed) =>
      failed.some(({ symptom }) => symptom === 'proxy-page')
        ? 'it answers with a page of its own'
        : undefined,
  }),
  stopped({
    id: 'proxy/unreachable',
    says: 'The proxy itself cannot be reached',
    members: [
      'a proxy that is down',
      "an address or port that is not the proxy's",
      'a firewall between the server and the proxy',
      'a PAC file that names a proxy that is gone',
      "a resolver that does not know the proxy's name",
    ],
    unlike: {
      rule: 'proxy/cannot-connect',
      tell: "Connect to the proxy's address and port from another machine of the same network.",
    },
    symptoms: ['proxy-nameless', 'proxy-silent', 'proxy-absent'],
    passed: reached,
    seen: (failed) => `it was looked for at ${[...new Set(failed.map(({ via }) => via ?? '?'))].join(', ')}`,
  }),
  stopped({
    id: 'proxy/cannot-connect',
    says: 'The proxy says that it cannot connect onward',
    members: [
      'a firewall at the edge that is closed to the proxy',
      "an answer of the proxy's resolver with an address where nobody is",
      'a parent proxy that is down',
    ],
    unlike: {
      rule: 'proxy/refuses',
      tell: 'Try the host from the proxy itself, by name and by address.',
    },
    symptoms: ['proxy-gets-no-answer', 'proxy-cannot-connect'],
    passed: through,
  }),
  stopped({
    id: 'names/proxy-finds-none',
    says: 'The proxy does not find the name',
    members: ['the resolver that the proxy asks', 'a zone inside that hides public names'],
    unlike: { rule: 'proxy/cannot-connect', tell: "Ask the proxy's resolver for the name, on the proxy." },
    symptoms: ['proxy-finds-no-name'],
    among: ({ row }) => row !== undefined,
    passed: through,
  }),
];

function asks(failed: readonly Seen[]): string | undefined {
  const schemes = new Set(failed.flatMap(({ said }) => said?.split('asking for ')[1] ?? []));
  return schemes.size > 0 ? `it asks for ${[...schemes].join(', ')}` : undefined;
}
