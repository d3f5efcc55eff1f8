import type { Rule } from '../site/schema.js';

/**
 * Whether a rule decides about no connection, wherever that goes: connectors speak TCP, and a condition
 * that could not be translated is not known to be met.
 */
export function neverFits({ protocol, unclear }: Rule): boolean {
  return protocol === 'udp' || unclear !== undefined;
}
