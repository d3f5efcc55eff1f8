/** An image could not be built; the message says what to do. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
