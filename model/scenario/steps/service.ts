import type { StepKind } from '../step-kind.js';
import type { ServiceName } from '../verbs.js';

/** Somebody uses the services console of a server. */
interface Service {
  do: 'service';
  server: string;
  service: ServiceName;
  to: 'start' | 'stop';
}

export const kind: StepKind<Service> = {
  do: 'service',
  words: ({ service, server, to }) => `the ${service} service of ${server}: ${to}`,
  perform: ({ server, service, to }, verbs) => verbs.service(server, service, to),
  refers: { server: 'server' },
};

export function make(server: string, service: ServiceName, to: 'start' | 'stop'): Service {
  return { do: 'service', server, service, to };
}
