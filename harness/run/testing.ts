import { denyHost } from '../../model/scenario/changes/firewall.js';
import { results } from '../../model/scenario/result-expectation.js';
import { toScenario } from '../../model/scenario/scenario.js';
import { documentedSite } from '../../model/site/documented.js';

/** A scenario for tests: the firewall takes signalling away. */
export const signallingBlocked = toScenario('signalling-blocked', {
  title: 'Signalling is blocked',
  proves: 'verify/active-is-not-proof',
  site: documentedSite(),
  change: denyHost('*.servicebus.windows.net'),
  expect: [results.listen.tcpDrop({ device: 'edge-firewall', rule: 'deny *.servicebus.windows.net' })],
});
