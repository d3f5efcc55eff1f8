import type { WindowsService } from '../../evidence/vocabulary.js';
import type { StepKind } from '../step-kind.js';

/** Somebody uses the services console of a server. */
interface Service {
  do: 'service';
  server: string;
  service: WindowsService;
  to: 'start' | 'stop';
}

export const kind: StepKind<Service> = {
  do: 'service',
  words: ({ service, server, to }) => `the ${service} service of ${server}: ${to}`,
  perform: ({ server, service, to }, verbs) => verbs.service(server, service, to),
  refers: { server: 'server' },
};

export function make(server: string, service: WindowsService, to: 'start' | 'stop'): Service {
  return { do: 'service', server, service, to };
}
