import { of20250221 } from '../2025-02-21/index.js';
import { revised } from '../revised.js';

/** What changed since 2025: connector-facts 4.1. */
export const of20260204 = revised(of20250221, {
  page: { ...of20250221.page, date: '2026-02-04' },
  prerequisites: { windows: 'server-2016', dotnet: '4.7.2' },
  said: {
    'server/os-version': {
      statement: 'The server must run Windows Server 2016 or later.',
      interpreted: 'that the installer refuses older ones is read from what it did before',
    },
    'server/dotnet-version': {
      statement:
        'The .NET Framework must be 4.7.2 or later; connector 1.5.3437.0 and later does not install or upgrade below 4.7.1.',
      interpreted: 'another sentence of the page still says 4.7.1',
    },
  },
});
