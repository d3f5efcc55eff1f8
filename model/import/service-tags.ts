import { readPublishedList, WrongListError } from '../site/service-tags/published-list.js';
import type { Imported, Importer } from './importer.js';

/** A file says within so many characters which cloud it is of. */
const headLength = 4096;

/** Microsoft's weekly list of service tags: a site names it, and rules with tags mean its ranges. */
export const serviceTags: Importer = {
  format: 'service-tags',
  title: 'a list of service tags (JSON)',
  recognises: ({ text }) =>
    /"cloud"\s*:/.test(text.slice(0, headLength)) && text.includes('"addressPrefixes"'),
  read({ file, text }): Imported {
    const isGovernment = /"cloud"\s*:\s*"AzureGovernment"/i.test(text.slice(0, headLength));
    try {
      const { names } = readPublishedList(text, isGovernment ? 'us-government' : 'public');
      return { isTagList: true, understood: names.length, notUnderstood: [] };
    } catch (error) {
      if (!(error instanceof WrongListError)) throw error;
      return { understood: 0, notUnderstood: [{ file, line: 1, text: '', why: error.message }] };
    }
  },
};
