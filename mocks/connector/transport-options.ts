import type { NetworkStack } from '../network.js';
import type { TrustedRoot } from '../pki/pki.js';
import type { Call } from './call.js';
import type { CertificateFacts } from './trust/certificate-facts.js';
import type { Machine } from './windows-host.js';

/** What a transport is told of its machine. */
export interface TransportOptions {
  stack: NetworkStack;
  /** What is known of certificates; may be shared with other labs. */
  certificates: CertificateFacts;
  host(): Machine;
  /** What the machine trusts now. */
  roots(): readonly TrustedRoot[];
  /** Brings the root store up to date where it is not; true where that added something. */
  refreshRoots(call: Call): Promise<boolean>;
}
