import { documentedSite, idleTimeout, results, scenario, steps } from '../../harness/index.js';

const server = 'app-proxy-01';
const aQuietQuarterHour = [...steps.operate(server, 'listen'), steps.pass('15m')];

/**
 * P14: keep-alives come every three minutes here, as those of other long-lived connections (3.5 minutes to
 * 3 m 45 s; signalling's own is 10 s). A middlebox that forgets after two has forgotten the connection by
 * then; one that waits four has not.
 */
export default scenario({
  title: 'Idle connections are forgotten before the next keep-alive: signalling breaks again and again',
  proves: 'hidden/idle-timeout',
  site: documentedSite({
    link: { 'idle-timeout': '4m' },
    cloud: { timers: { 'signalling-keep-alive': '3m' } },
  }),
  change: idleTimeout('2m'),
  script: {
    control: [...steps.operate(server, 'install', 'sign-in', 'register', 'bootstrap'), ...aQuietQuarterHour],
    change: aQuietQuarterHour,
    restore: aQuietQuarterHour,
  },
  expect: [
    results.listen.ok(),
    results.listen.idleTimeout({ host: '*.servicebus.windows.net', device: 'link', rule: 'idle-timeout 2m' }),
  ],
});
