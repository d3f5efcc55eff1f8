import type { Application, Server } from '../site/schema.js';
import { isSecure } from './application-hops.js';
import type { WantedFlow } from './flow.js';
import type { Hop } from './way.js';

/** What the server itself spoils, whatever the network lets pass. */
export function settingHops(server: Server, wanted: WantedFlow, application: Application | undefined): Hop[] {
  const speaksTls = wanted.direct ? isSecure(application) : wanted.port === 443;
  if (!speaksTls || server.tls === '1.2') return [];
  const other = wanted.direct ? wanted.host : 'the cloud';
  const explanation = `${server.name} offers TLS ${server.tls}, and ${other} takes TLS 1.2 and later`;
  return [
    {
      ...{ device: 'server', from: server.name, action: 'refuse', rule: `tls ${server.tls}`, explanation },
      result: 'tls-protocol-version',
    },
  ];
}

/** An agent that a PAC file counts on, and that no server of the lab has. */
export function nobodyAtHome(machine: string, address: string, port: number): Hop {
  return {
    ...{ device: 'server', from: machine, action: 'unreachable', rule: 'nothing listens' },
    explanation: `nothing listens on ${machine} itself (${address} port ${port})`,
    result: 'tcp-reject',
  };
}
