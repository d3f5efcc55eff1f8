import { area } from './page.js';

/** What the requirements page only points to: the list stands on a page of its own. */
export const governmentRequirements = area(
  'Microsoft Entra pass-through authentication › Allow access to URLs',
  [
    [
      'cloud/government-hosts',
      'Azure Government has a host list of its own.',
      'The public list with a government connector fails, and the reverse.',
      { inSite: { by: 'stops', where: 'government-cloud' } },
    ],
  ],
);
