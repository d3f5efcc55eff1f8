import type { InspectionDecision } from '../../../../model/policy/inspection.js';
import type { Inspection } from '../../../../model/site/schema.js';

/** An inspecting product decided about a connection that came from `from:fromPort`. */
export interface InspectorDecision extends InspectionDecision {
  from: string;
  fromPort: number;
  /** The name that the client asked for, where it said one. */
  name: string;
}

export interface ProductOptions {
  settings: Inspection;
  /** The inspecting authority, PEM. */
  certificate: string;
  key: string;
  /** Where the site's resolver answers. */
  resolver: string;
  onDecision(decision: InspectorDecision): void;
}

/** A product that inspects TLS, in front of which the kernel puts connections. */
export interface InspectorProduct {
  /** Ends when everything that was decided until now has been told. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}
