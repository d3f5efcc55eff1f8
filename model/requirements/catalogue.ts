import { groupRequirements } from './groups.js';
import { hiddenRequirements } from './hidden.js';
import { hostRequirements } from './hosts.js';
import { nearest } from './nearest.js';
import { networkRequirements } from './network.js';
import { portRequirements } from './ports.js';
import type { Requirement } from './requirement.js';
import { serverRequirements } from './server.js';
import { tenantRequirements } from './tenant.js';
import { verifyRequirements } from './verify.js';

export { edition } from './requirement.js';

/** Every requirement of the page, then what is hidden from it. */
export const catalogue: readonly Requirement[] = [
  ...serverRequirements,
  ...tenantRequirements,
  ...portRequirements,
  ...hostRequirements,
  ...networkRequirements,
  ...groupRequirements,
  ...verifyRequirements,
  ...hiddenRequirements,
];

const byId = new Map(catalogue.map((requirement) => [requirement.id, requirement]));

/** No requirement has this id; the message gives the nearest. */
export class UnknownRequirementError extends Error {
  override readonly name = 'UnknownRequirementError';
}

export function isRequirement(id: string): boolean {
  return byId.has(id);
}

/** @throws UnknownRequirementError */
export function requirement(id: string): Requirement {
  const found = byId.get(id);
  if (found) return found;
  const near = nearest(id, [...byId.keys()]);
  throw new UnknownRequirementError(
    `no requirement is called "${id}"${near ? `; did you mean ${near}?` : ''}`,
  );
}
