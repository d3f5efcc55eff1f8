import type { Edition } from '../edition.js';
import { groupRequirements } from './groups.js';
import { hiddenRequirements } from './hidden.js';
import { hostRequirements } from './hosts.js';
import { networkRequirements } from './network.js';
import { page } from './page.js';
import { portRequirements } from './ports.js';
import { publicHosts } from './public-hosts.js';
import { serverRequirements } from './server.js';
import { tenantRequirements } from './tenant.js';
import { verifyRequirements } from './verify.js';

/** In the page's order, then what is hidden from it. */
export const of20230809 = {
  page,
  prerequisites: { windows: 'server-2012-r2', dotnet: '4.7.1' },
  hosts: publicHosts,
  requirements: [
    ...serverRequirements,
    ...tenantRequirements,
    ...portRequirements,
    ...hostRequirements,
    ...networkRequirements,
    ...groupRequirements,
    ...verifyRequirements,
    ...hiddenRequirements,
  ],
} satisfies Edition;
