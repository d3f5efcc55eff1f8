import type { Fact, WindowsService } from '../../evidence/vocabulary.js';
import type { Server } from '../../site/schema.js';
import type { Change } from '../change.js';
import type { Trace } from '../trace.js';

type Facts = Partial<Omit<Server, 'name'>>;

/** Facts of every server are others: a version, a setting, the clock. `only`: of one server. */
export function serverFacts(
  describe: string,
  facts: Facts,
  exercised: readonly Trace[],
  only?: string,
): Change {
  return {
    describe: `${only ?? 'server'}: ${describe}`,
    apply: (site) => ({
      ...site,
      servers: site.servers.map((server) =>
        only === undefined || server.name === only ? { ...server, ...facts } : server,
      ),
    }),
    exercised,
  };
}

/** A fact that the installer or the service compares with what it needs. */
export function serverFact(fact: Fact, facts: Facts): Change {
  const [[, value] = ['', '']] = Object.entries(facts);
  return serverFacts(`${fact} ${String(value)}`, facts, [{ kind: 'prerequisite', fact }]);
}

/** An administrator stops a Windows service. */
export function stopService(service: WindowsService): Change {
  return serverFacts(`${service} service stopped`, { stopped: [service] }, [
    { kind: 'service', service },
    { kind: 'prerequisite', fact: 'services-running' },
  ]);
}
