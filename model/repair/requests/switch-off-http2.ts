import { asksOverHttp2 } from '../../site/http2.js';
import { serverSetting } from './server-setting.js';

/** Applications with single sign-on by Kerberos are asked over HTTP/1.1. */
export const switchOffHttp2 = serverSetting({
  kind: 'switch-off-http2',
  setting: 'http2',
  requirement: 'server/http2-for-kerberos',
  operation: 'deliver',
  wrong: (server, { applications }) => {
    const lost = applications.find(
      (one) => one['single-sign-on'] === 'kerberos' && asksOverHttp2(server, one.internal),
    );
    return lost
      ? {
          rule: 'http2-for-kerberos',
          explanation: `HTTP/2 is on at ${server.name}, and single sign-on at "${lost.name}" fails over it`,
        }
      : undefined;
  },
  mend: (server) => ({ ...server, http2: false }),
  words: ({ server }) =>
    `Switch off HTTP/2 on ${server} (EnableDefaultHTTP2 = 0 for WinHTTP), and start the server again: single sign-on by Kerberos does not work over it.`,
});
