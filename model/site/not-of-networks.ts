const signIn =
  'a site cannot say it (P21): who may sign in, and with what second factor, is between browser, person and directory, and no network decides it; that the hosts of second factors are open is judged';
const kerberos =
  'a site cannot say it (P29): HTTP/2 and Kerberos to an application are settings of connector and application, and every network carries both alike; that the connector reaches the application is judged';
const core =
  'a site cannot say it (P21): Server Core has no window to sign in with, and no network gives it one; register there with a token (RegisterConnector.ps1), which needs the same hosts';

/** Keys that people may look for in a site, of what no network decides: why they are not there. */
export const notOfNetworks: Readonly<Record<string, string>> = {
  ...{ mfa: signIn, 'second-factor': signIn, 'multi-factor': signIn, 'conditional-access': signIn },
  ...{ core, 'server-core': core, installation: core },
  ...{
    http2: kerberos,
    'http-2': kerberos,
    kerberos,
    'single-sign-on': kerberos,
    sso: kerberos,
    spn: kerberos,
  },
};
