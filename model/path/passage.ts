import type { PublicHost } from './public-host.js';
import type { Asking } from './wanted.js';
import type { Hop, Way } from './way.js';

/** Names that the same devices stop by the same rules: the way of one of them stands for all. */
export interface Closed {
  way: Way;
  /** The one whose way it is; of a suffix perhaps one that does not exist yet. */
  host: PublicHost;
  names: string[];
}

/** What becomes of one documented row for one account of one server. */
export interface Passage {
  asking: Asking;
  /** How many of the names that the row stands for come through. */
  open: 'all' | 'some' | 'none';
  closed: Closed[];
  /** A name of the service's own that comes through an inspector, which reads what the page wants nobody to read. */
  read?: { way: Way; host: PublicHost; hop: Hop };
  /** Ways on which nobody comes to the revocation list that an inspector of some of its names has. */
  unlisted: Way[];
  /** Names that come through, or nothing is known against. */
  through: string[];
  /** Hops on the way of some of its names that are not judged, each device and its rules once. */
  notJudged: Hop[];
}
