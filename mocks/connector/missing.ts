/** An operation cannot begin, because another has not been done. */
export class Missing extends Error {
  constructor(readonly prerequisite: string) {
    super(prerequisite);
  }
}
