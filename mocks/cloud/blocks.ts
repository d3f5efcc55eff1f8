/**
 * What belongs together has addresses together, below 198.18: a service tag is such a block. `[third
 * byte, first of the fourth]`; 70 is the connector service's newest range, 71 its second region.
 */
export const blocks = {
  'sign-in': [64, 1],
  content: [65, 1],
  'service-bus': [66, 1],
  'connector-service': [67, 1],
  'connector-data': [67, 100],
  'connector-administration': [67, 200],
  'resource-manager': [68, 1],
  /** Certificate authorities, and Microsoft's own pages. */
  authorities: [69, 1],
} as const satisfies Record<string, readonly [number, number]>;

export type Block = keyof typeof blocks;
