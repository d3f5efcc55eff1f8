/** A file of the program that runs inside the containers. */
export interface BundledFile {
  name: string;
  contents: Uint8Array;
}
