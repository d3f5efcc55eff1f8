import type { Operation, ResultName } from '../../model/evidence/vocabulary.js';
import type { CheckResults } from '../../model/verdict/check-results.js';

/** What a server cannot do where an operation fails, to follow "cannot". */
const undone: Readonly<Record<Operation, string>> = {
  install: 'install the connector',
  'sign-in': 'sign its administrator in',
  register: 'register its connector',
  bootstrap: 'fetch its configuration',
  listen: "listen for users' requests",
  deliver: "serve users' requests",
  renew: "renew its connector's certificate",
  update: 'look for updates',
  'revocation-check': 'look up whether certificates are revoked',
  tunnel: 'open the tunnel of Private Access',
};

/** How it ended, as the server sees it: who is to blame stands with what is to be mended. */
const endings: Readonly<Record<ResultName, string>> = {
  ok: 'it works',
  'dns-nxdomain': 'there is no such name',
  'dns-timeout': 'nobody answers for the name',
  'dns-wrong-answer': 'the name has a wrong address',
  'tcp-drop': 'there is no answer',
  'tcp-reject': 'the connection is refused',
  'tcp-reset': 'the connection is reset',
  'proxy-407': 'the proxy asks who is there',
  'proxy-403': 'the proxy refuses it',
  'proxy-unreachable': 'the proxy cannot be reached',
  'sni-block': 'the connection ends as soon as the name is sent in TLS',
  'tls-untrusted-issuer': 'the certificate is of an authority that is not trusted',
  'tls-no-revocation-info': 'the certificate does not say where its revocation list is',
  'tls-revocation-offline': 'whether the certificate is revoked cannot be found out',
  'tls-revoked': 'the certificate is revoked',
  'tls-expired': 'the certificate has expired',
  'tls-not-yet-valid': 'the certificate is not valid yet',
  'tls-protocol-version': 'the two sides have no version of TLS in common',
  'tls-client-certificate-lost': "the connector's certificate does not get to the service",
  'http-block-page': 'somebody else answers, with a page of his own',
  'http-unauthorized': 'the service does not accept its certificate or token',
  'websocket-upgrade-refused': 'the upgrade to a WebSocket is refused',
  'idle-timeout': 'a quiet connection is lost',
  'clock-skew': 'its clock is wrong',
  'refused-by-installer': 'the installer refuses the server',
  'refused-by-service': 'the service refuses it',
  'not-attempted': 'something that has to work before does not',
};

/**
 * What only follows from what is to be mended, each kind of failure of a server once, with the words of the
 * results: `app-proxy-01 cannot fetch its configuration (bootstrap): the service does not accept its certificate
 * or token (http-unauthorized)`.
 */
export function consequencesInWords({ consequences }: Pick<CheckResults, 'consequences'>): string[] {
  const kinds = new Map<string, { server: string; result: ResultName; operations: Set<Operation> }>();
  for (const { server, operation, result } of consequences) {
    const key = `${server}: ${result}`;
    const kind = kinds.get(key) ?? { server, result, operations: new Set() };
    kinds.set(key, kind);
    kind.operations.add(operation);
  }
  return [...kinds.values()].map(({ server, result, operations }) => {
    const what = [...operations].map((one) => `${undone[one]} (${one})`);
    return `${server} cannot ${joined(what)}: ${endings[result]} (${result})`;
  });
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
