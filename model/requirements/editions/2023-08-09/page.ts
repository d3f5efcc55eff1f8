import { type Page, rowsOf } from '../../requirement.js';

export const page: Page = {
  title: 'How to configure App Proxy connectors for Microsoft Entra Private Access',
  address: 'https://learn.microsoft.com/entra/global-secure-access/how-to-configure-connectors',
  date: '2023-08-09',
};

export const area = rowsOf(page);
