import { type Page, rowsOf } from '../../requirement.js';

export const page: Page = {
  title: 'Hybrid identity considerations for the Azure Government cloud',
  address: 'https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-government-cloud',
  date: '2025-04-09',
};

export const area = rowsOf(page);
