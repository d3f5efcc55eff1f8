import { type CloudPlaceName, cloudPlaces } from '../../model/site/service-tags/cloud-places.js';

/** What belongs together has addresses together: a block is a place of the cloud, of which service tags know. */
export type Block = CloudPlaceName;

export const blocks = Object.keys(cloudPlaces) as Block[];

/** The address of a block's host, by its position from 0. */
export function addressIn(block: Block, position: number): string {
  const bytes = cloudPlaces[block].first.split('.').map(Number);
  return [...bytes.slice(0, 3), (bytes[3] ?? 0) + position].join('.');
}
