import type { Environment } from '../documented-host.js';
import { of20230809 } from './2023-08-09/index.js';
import type { Edition } from './edition.js';
import { government20250409 } from './government-2025-04-09/index.js';

/** Every edition of each cloud's page, oldest first: a folder, and a line here. */
const editions = {
  public: [of20230809],
  'us-government': [government20250409],
} as const satisfies Record<Environment, readonly Edition[]>;

/** A row of any edition. */
export type AnyRequirement = (typeof editions)[Environment][number]['requirements'][number];

/** The one that counts: the newest. */
export function editionOf(environment: Environment): Edition<AnyRequirement['id']> {
  const [first, ...later] = editions[environment];
  return later.at(-1) ?? first;
}
