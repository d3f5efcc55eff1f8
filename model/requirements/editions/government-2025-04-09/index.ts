import type { Edition } from '../edition.js';
import { governmentHosts } from './hosts.js';
import { page } from './page.js';
import { governmentRequirements } from './requirements.js';

export const government20250409 = {
  page,
  prerequisites: { windows: 'server-2012-r2', dotnet: '4.7.1' },
  hosts: governmentHosts,
  requirements: governmentRequirements,
} satisfies Edition;
