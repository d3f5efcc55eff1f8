import { type Attempt, type Evidence, evidenceSchemaName } from './evidence.js';

/** Evidence of nothing but some attempts, by the service of one server where nothing else is said. */
export function attempts(...all: readonly Partial<Attempt>[]): Evidence {
  return {
    schema: evidenceSchemaName,
    attempts: all.map((one, index) => ({
      id: `e${index + 1}`,
      server: 'app-proxy-01',
      operation: 'listen',
      purpose: 'listen for requests',
      account: 'network-service',
      stack: 'service',
      host: 'a.servicebus.windows.net',
      port: 443,
      address: '198.18.66.1',
      outcome: 'ok',
      ...(one.outcome === undefined || one.outcome === 'ok' ? { connected: true } : {}),
      ...one,
    })),
    answers: [],
    operations: [],
    facts: [],
    services: [],
    pages: [],
    accesses: [],
  };
}
