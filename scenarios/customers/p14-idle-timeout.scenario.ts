import { documentedSite, idleTimeout, results, type Step, scenario } from '../../harness/index.js';

const server = 'app-proxy-01';
const aQuietQuarterHour: Step[] = [
  { do: 'operate', server, operation: 'listen' },
  { do: 'pass', ms: 15 * 60_000 },
];

/**
 * P14: keep-alives come every three minutes here. A middlebox that forgets after two has forgotten
 * the signalling connection by then; one that waits four has not.
 */
export default scenario({
  title: 'Idle connections are forgotten before the next keep-alive: signalling breaks again and again',
  proves: 'hidden/idle-timeout',
  site: documentedSite({ link: { 'idle-timeout': '4m' } }),
  change: idleTimeout('2m'),
  script: {
    control: [
      ...(['install', 'sign-in', 'register', 'bootstrap'] as const).map(
        (operation): Step => ({ do: 'operate', server, operation }),
      ),
      ...aQuietQuarterHour,
    ],
    change: aQuietQuarterHour,
    restore: aQuietQuarterHour,
  },
  expect: [
    results.listen.ok(),
    results.listen.idleTimeout({ host: '*.servicebus.windows.net', device: 'link', rule: 'idle-timeout 2m' }),
  ],
});
