/** So many weeks old lists of ranges were looked at, newest first. */
export const agesOfLists = [1, 4, 13, 52] as const;

/**
 * How much of a tag's IPv4 addresses a list of an age did not have, from 0 to 1: the worst of 44 public
 * lists from 2024 to 2025 (connector-facts 4.6), in the order of {@link agesOfLists}.
 */
export const missingFromOldLists = {
  ServiceBus: [0.195, 0.205, 0.223, 0.472],
  AzureCloud: [0.006, 0.01, 0.03, 0.122],
} as const satisfies Record<string, readonly number[]>;
