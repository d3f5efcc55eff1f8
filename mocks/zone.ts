import type { CloudService } from '../model/evidence/vocabulary.js';

/**
 * The public names of the mock cloud. One entry a host: what the public resolver answers, where the
 * host lives, which service answers there. Engines build their resolvers and networks from it.
 */
export interface CloudHost {
  /** `login.microsoftonline.com` */
  name: string;
  /** CNAMEs between the name and its address, in order; often below other suffixes. */
  chain: string[];
  /** In 198.18.64.0/18; the /24 says which service tag the host belongs to. */
  address: string;
  /** Which service answers. */
  service: CloudService;
  /** Ports on which it listens. */
  ports: number[];
}
