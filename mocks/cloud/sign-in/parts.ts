import { type BrowserFiles, signInFiles } from '../browser/files.js';

/**
 * What the sign-in page is made of, by the end of its path on the content hosts. Names of files are
 * those of the real page; what is in them is ours.
 */
export const pageParts: BrowserFiles = {
  ...signInFiles,
  bannerlogo: {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24"><circle cx="12" cy="12" r="10" fill="#12507b"/><path d="M30 8h60M30 16h40" stroke="#12507b" stroke-width="4"/></svg>',
  },
  illustration: {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24"><path d="M0 20L24 6l24 10L72 4l24 14" fill="none" stroke="#f2a900" stroke-width="3"/></svg>',
  },
};
