/** What a list of the real cloud's addresses makes of a rule at the lab's. */
export interface RealMeaning {
  /** Addresses of the lab's cloud that it is about. */
  ranges: string[];
  /** Those of which the list does not say whether it is about them. */
  unknown: string[];
  /** By tags of documented hosts: how much of a tag's addresses it is about, from 0 to 1; those it leaves out are not there. */
  shares: Record<string, number>;
  /** The same of all rules of the list that allow, with those they leave out as 0; on the first rule with a meaning alone. */
  together?: Record<string, number>;
  /** `the list of 2025-07-28` */
  list: string;
}
