import type { Proxy as ProxySettings } from '../../site/schema.js';

export type Scheme = Exclude<ProxySettings['authentication'], 'none'>;

export interface Challenge {
  /** Value of `Proxy-Authenticate`. */
  header: string;
  rule: string;
  explanation: string;
}

/**
 * How a proxy asks who somebody is. The lab has no Kerberos domain: `negotiate` asks as a real proxy
 * does (RFC 4559), and refuses whatever token it gets.
 */
export const challenges: Record<Scheme, Challenge> = {
  basic: {
    header: 'Basic realm="lab"',
    rule: 'authentication basic',
    explanation: 'the request carries no name and password',
  },
  negotiate: {
    header: 'Negotiate',
    rule: 'authentication negotiate',
    explanation: 'the request carries no Kerberos token that the proxy accepts',
  },
};

export function challengeOf(rule: string): Challenge | undefined {
  return Object.values(challenges).find((challenge) => challenge.rule === rule);
}
