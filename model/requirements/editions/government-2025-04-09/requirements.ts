import { area } from './page.js';

/** What the requirements page only points to: the list stands on a page of its own. */
export const governmentRequirements = area(
  'Microsoft Entra pass-through authentication › Allow access to URLs',
  [
    [
      'cloud/government-hosts',
      'For Azure Government the hosts of its own list must be open.',
      'The public list with a government connector fails, and the reverse.',
      { inSite: { by: 'stops', where: 'government-cloud' } },
    ],
  ],
);
