import type { CloudFault, Device, Fact } from '../evidence/vocabulary.js';
import type { ApplicationCertificate, Resolver } from '../site/schema.js';

/**
 * By which names each device's rules go in evidence. Firewalls and inspectors have rules that people
 * name; the rules of the others are of few kinds.
 */
interface RuleNames {
  server: Fact | 'nothing listens' | `${'hosts' | 'search'} ${string}`;
  resolver: `${Resolver['faults'][number]['answer']} ${string}` | `zone ${string}`;
  'host-firewall': string;
  'application-host':
    | 'nothing listens'
    | 'state slow'
    | 'state failing'
    | `certificate ${ApplicationCertificate}`;
  proxy: ProxyRule;
  'parent-proxy': ProxyRule;
  'edge-firewall': string;
  'syn-proxy': `reset ${string}` | 'allow *';
  inspector: string;
  link: `${'round-trip' | 'rate' | 'loss' | 'idle-timeout' | 'nat-ports' | 'mtu' | 'ipv6'} ${string}`;
  cloud: CloudFault | 'nothing listens';
}
/** People can name rules of proxies, too; most have names that say what they do. */
type ProxyRule = `${'allow' | 'deny' | 'default' | 'authentication'} ${string}`;
export type RuleOf<D extends Device> = RuleNames[D];

/** A device, perhaps with a rule that it can have; or a rule of any device, by its name. */
export type DecidedBy = { [D in Device]: { device: D; rule?: RuleOf<D> } }[Device] | Undecided;
interface Undecided {
  device?: undefined;
  rule?: undefined;
}
