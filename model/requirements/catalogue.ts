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

const all = [
  ...serverRequirements,
  ...tenantRequirements,
  ...portRequirements,
  ...hostRequirements,
  ...networkRequirements,
  ...groupRequirements,
  ...verifyRequirements,
  ...hiddenRequirements,
];

/** The id of a requirement; that of a host's row by its form, which the catalogue checks when it is used. */
export type RequirementId = (typeof all)[number]['id'];

/** Every requirement of the page, then what is hidden from it. */
export const catalogue: readonly Requirement<RequirementId>[] = all;

const byId = new Map<string, Requirement<RequirementId>>(
  catalogue.map((requirement) => [requirement.id, requirement]),
);

/** No requirement has this id; the message gives the nearest. */
export class UnknownRequirementError extends Error {
  override readonly name = 'UnknownRequirementError';
}

export function isRequirement(id: string): id is RequirementId {
  return byId.has(id);
}

/** @throws UnknownRequirementError */
export function requirement(id: string): Requirement<RequirementId> {
  const found = byId.get(id);
  if (found) return found;
  const near = nearest(id, [...byId.keys()]);
  throw new UnknownRequirementError(
    `no requirement is called "${id}"${near ? `; did you mean ${near}?` : ''}`,
  );
}
