import { prerequisites } from '../../prerequisites.js';
import type { Edition } from '../edition.js';
import { governmentHosts } from './hosts.js';
import { page } from './page.js';
import { governmentRequirements } from './requirements.js';

export const government20250409 = {
  page,
  prerequisites,
  hosts: governmentHosts,
  requirements: governmentRequirements,
} satisfies Edition;
