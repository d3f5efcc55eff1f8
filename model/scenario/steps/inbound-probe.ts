import type { ResultName } from '../../evidence/vocabulary.js';
import type { StepKind } from '../step-kind.js';

/** Somebody outside tries to connect to a server. */
interface InboundProbe {
  do: 'inbound-probe';
  server: string;
  port: number;
}

interface InboundProbeExpectation {
  kind: 'inbound-probe';
  server: string;
  port: number;
  result: ResultName;
}

export const kind: StepKind<InboundProbe, InboundProbeExpectation> = {
  do: 'inbound-probe',
  words: ({ server, port }) => `somebody outside connects to ${server}:${port}`,
  async perform({ server, port }, verbs) {
    const tried = await verbs.probe(server, port);
    verbs.note({ kind: 'reach', from: 'outside', host: server, port, ...tried });
  },
  refers: { server: 'server' },
  look: {
    kind: 'inbound-probe',
    step: ({ server, port }) => make(server, port),
    see({ server, port, result }, evidence) {
      const event = evidence
        .of('reach')
        .findLast((one) => one.from === 'outside' && one.host === server && one.port === port);
      const by = event && event.outcome !== 'ok' ? evidence.deciding(event.connection) : undefined;
      const subject = `outside connects to ${server}:${port}`;
      return { subject, event, observed: event?.outcome, expected: result, by };
    },
    refers: { server: 'server', result: 'result' },
  },
};

export function make(server: string, port: number): InboundProbe {
  return { do: 'inbound-probe', server, port };
}

/** `network.outside.probes(server, port, result)`. */
export function probes(server: string, port: number, result: ResultName): InboundProbeExpectation {
  return { kind: 'inbound-probe', server, port, result };
}
