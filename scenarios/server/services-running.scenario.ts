import { documentedSite, portal, results, scenarios, steps, stopService, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';
const server = 'app-proxy-01';

/** The two services fail differently: without the connector nothing works, without the updater all does. */
export default scenarios(
  [
    {
      service: 'connector',
      after: 'the connector goes inactive and users get a gateway timeout',
      seen: [
        results.bootstrap.notAttempted(),
        results.listen.notAttempted(),
        results.deliver.notAttempted(),
        portal.connector(server).isInactive(),
        user.visits(intranet).gets('gateway-timeout'),
      ],
    },
    {
      service: 'updater',
      after: 'traffic goes on, updates do not',
      seen: [
        results.update.notAttempted(),
        results.listen.ok(),
        results.deliver.ok(),
        portal.connector(server).isActive(),
        user.visits(intranet).gets('application'),
      ],
    },
  ] as const,
  ({ service, after, seen }) => ({
    row: service,
    title: `The ${service} service is stopped: ${after}`,
    proves:
      service === 'updater'
        ? ['server/services-running', 'server/updater']
        : ['server/services-running', 'verify/services-console'],
    site: documentedSite(),
    change: stopService(service),
    script:
      service === 'connector'
        ? {
            change: [
              steps.pass('30m'),
              ...steps.operate(server, 'bootstrap', 'listen'),
              steps.visit(intranet),
              ...steps.operate(server, 'deliver'),
              steps.viewPortal(server),
            ],
          }
        : {},
    expect: seen,
  }),
);
