/** What a command's exit code says (design.md 8). */
export const exitCodes = {
  /** All as expected. */
  ok: 0,
  /** Something is not as expected. */
  unexpected: 1,
  /** Wrong usage or site file. */
  usage: 2,
  /** No engine of the wanted kind. */
  noEngine: 3,
  /** The lab contradicts itself, or not even the documented site works in it: a defect of ours. */
  defect: 4,
  interrupted: 130,
} as const;
