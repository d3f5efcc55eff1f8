import type { Environment } from '../documented-host.js';
import { of20230809 } from './2023-08-09/index.js';
import { type addedIn20250221, of20250221 } from './2025-02-21/index.js';
import { of20260204 } from './2026-02-04/index.js';
import type { PublicDate } from './dates.js';
import type { Edition } from './edition.js';
import { government20250409 } from './government-2025-04-09/index.js';

/** Editions that sites are judged by where they name none, of each cloud's page, oldest first. */
const editions = {
  public: [of20230809],
  'us-government': [government20250409],
} as const satisfies Record<Environment, readonly Edition[]>;

/** What the public page has said since, oldest first: a folder, and a line here. `run --edition` counts by them. */
const later: readonly Edition[] = [of20250221, of20260204];

/** Every edition of the public page that is known, oldest first. */
export const publicEditions: readonly Edition[] = [...editions.public, ...later];

/** What says by which edition of its cloud's page a site is judged. */
export interface Judged {
  cloud: { environment: Environment };
  edition?: PublicDate | undefined;
}

/** A row of any edition. */
export type AnyRequirement =
  | (typeof editions)[Environment][number]['requirements'][number]
  | (typeof addedIn20250221)[number];

/** The one that counts where none is named. */
export function editionOf(environment: Environment): Edition<AnyRequirement['id']> {
  const [first, ...later] = editions[environment];
  return later.at(-1) ?? first;
}

/** The one by which a site is judged: that which it names, else the one that counts. */
export function editionFor({ cloud, edition }: Judged): Edition {
  const named = cloud.environment === 'public' && publicEditions.find(({ page }) => page.date === edition);
  return named || editionOf(cloud.environment);
}
