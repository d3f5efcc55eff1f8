import type { Imported, Importer } from './importer.js';

/** A PAC file (automatic configuration script), kept as code: who uses it, no file says. */
export const pacFile: Importer = {
  format: 'pac',
  title: 'a PAC file',
  recognises: ({ text }) => /\bfunction\s+FindProxyForURL(Ex)?\s*\(/.test(text),
  read: ({ text }): Imported => ({
    site: { pac: { file: text, 'used-by': ['service', 'updater', 'system', 'tunnel'] } },
    understood: 1,
    notUnderstood: [],
  }),
};
