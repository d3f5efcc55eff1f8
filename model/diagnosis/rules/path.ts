import type { Rule } from '../cause.js';
import type { Seen, Sight } from '../sight.js';
import { isAnsweredWrongly } from '../wrong-answer.js';
import { stopped } from './stopped.js';

const isDocumented = ({ row }: Seen) => row !== undefined;
const isDirect = ({ via }: Seen) => via === undefined;
/** TCP was connected to a host of the service without a proxy. */
const connected = (attempt: Seen) => isDocumented(attempt) && isDirect(attempt) && attempt.connected === true;

/** Whether a site has a proxy that answers: whoever goes past it may have no other way out. */
export function hasProxy({ attempts }: Sight): boolean {
  return attempts.some(
    ({ via, connected: reached, row }) => via !== undefined && reached && row !== undefined,
  );
}
/** Where the address is a wrong one, nothing on the way is known. */
const isOfPath = (attempt: Seen, { evidence }: Sight) =>
  isDocumented(attempt) && !isAnsweredWrongly(attempt, evidence);
const past = (attempt: Seen, sight: Sight) => isOfPath(attempt, sight) && hasProxy(sight);
const straight = (attempt: Seen, sight: Sight) => isOfPath(attempt, sight) && !hasProxy(sight);

const closed = [
  "the server's own firewall",
  'a firewall at the edge or behind it',
  'an answer of the resolver, or a line of the hosts file, with an address where nobody is',
];

export const dropped = stopped({
  id: 'path/dropped',
  says: 'Packets are dropped without an answer',
  members: closed,
  unlike: {
    rule: 'names/wrong-address',
    tell: "Ask another resolver for the same name, and look into the log of the server's own firewall while it is tried once more.",
  },
  symptoms: ['silence'],
  among: straight,
  passed: connected,
});

export const refused = stopped({
  id: 'path/refused',
  says: 'Connections are refused at once',
  members: [...closed, 'a machine that is there and does not listen'],
  unlike: {
    rule: 'names/wrong-address',
    tell: 'Ask another resolver for the same name; try a port that nobody filters at the same address.',
  },
  symptoms: ['refused'],
  among: straight,
  passed: connected,
});

export const reset = stopped({
  id: 'path/reset',
  says: 'Connections are reset before they are made',
  members: ["the server's own firewall", 'a firewall at the edge or behind it'],
  unlike: {
    rule: 'path/reset-after-connect',
    tell: 'Try the same address with another name in the ClientHello: a rule by address resets it, too.',
  },
  symptoms: ['reset'],
  among: straight,
  passed: connected,
});

export const resetLater = stopped({
  id: 'path/reset-after-connect',
  says: 'TCP connects, and the connection is reset before an answer comes',
  members: [
    'a firewall that reads the name in the ClientHello',
    'a firewall that answers TCP itself, and what lies behind it',
    'a proxy whose own connection was reset, or lost on a line that loses large packets (MTU)',
  ],
  unlike: {
    rule: 'path/reset',
    tell: 'Connect to the address and send nothing: what decides by name lets that stand.',
  },
  symptoms: ['reset-later'],
  among: isOfPath,
  passed: (attempt) => isDocumented(attempt) && (attempt.shown !== undefined || attempt.symptom === 'works'),
});

export const goesPast = stopped({
  id: 'proxy/goes-past',
  says: 'Connections go past the proxy, and nothing but the proxy is let out',
  members: [
    'a network stack that was not told of the proxy, or cannot read its address',
    'a PAC file or a bypass list that sends these hosts directly',
    'a firewall that closes to the server what the bypass list sends directly for a reason',
  ],
  unlike: {
    rule: 'path/dropped',
    tell: 'Read the setting of that stack (netsh winhttp show proxy, the .config file, the PAC file), and try once through the proxy.',
  },
  symptoms: ['silence', 'refused', 'reset'],
  among: past,
  passed: (attempt) => connected(attempt) || (attempt.via !== undefined && attempt.connected === true),
});

export const path: readonly Rule[] = [dropped, refused, reset, resetLater, goesPast];
