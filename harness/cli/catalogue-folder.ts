import { fileURLToPath } from 'node:url';

/** Where the catalogue's scenarios are, in a clone and in the package alike. */
export const catalogueFolder = fileURLToPath(new URL('../../scenarios/', import.meta.url));
