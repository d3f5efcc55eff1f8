/** What a private resource says when its peer has ended: it has heard everything, and can still speak. */
export function goodbye(heard: number): Buffer {
  return Buffer.from(`\n${heard} bytes\n`);
}
