const signIn =
  'a site cannot say it (P21): who may sign in, and with what second factor, is between browser, person and directory, and no network decides it; that the hosts of second factors are open is judged';
const http2 =
  'unknown key here; HTTP/2 is switched on at a server, for all that it asks: "http2" of "servers"';
const kerberos =
  'unknown key here; that connectors sign users in is said of the application: "single-sign-on: kerberos" of "applications"';
const names =
  'a site cannot say it (P29): which names a service has, and who may get tickets for it, is between application and directory, and no network decides it; that a ticket goes with each request is "single-sign-on: kerberos" of "applications"';
const core =
  'a site cannot say it (P21): Server Core has no window to sign in with, and no network gives it one; register there with a token (RegisterConnector.ps1), which needs the same hosts';

/** Keys that people may look for in a site, of what no network decides: why they are not there, or where they are. */
export const notOfNetworks: Readonly<Record<string, string>> = {
  ...{ mfa: signIn, 'second-factor': signIn, 'multi-factor': signIn, 'conditional-access': signIn },
  ...{ core, 'server-core': core, installation: core },
  ...{ http2, 'http-2': http2, kerberos, 'single-sign-on': kerberos, sso: kerberos },
  ...{ spn: names, delegation: names },
};
