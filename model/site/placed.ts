/** Something wrong at a path of a site file. */
export interface Placed {
  path: readonly PropertyKey[];
  message: string;
}
