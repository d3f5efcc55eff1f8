/** Dates of the editions of the public page that are known, oldest first. */
export const publicDates = ['2023-08-09', '2025-02-21', '2026-02-04'] as const;
export type PublicDate = (typeof publicDates)[number];
