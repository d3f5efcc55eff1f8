/** Of the directories in the header of a Windows program, the one that says where its signature is. */
const securityDirectory = 4;
/** Optional headers of 64-bit programs, by their first word. */
const pe32plus = 0x20b;

/**
 * A Windows program without its Authenticode signature, which ends the file: whatever is put into the program makes
 * it a false one, and that looks worse than none.
 */
export function withoutSignature(program: Buffer): Buffer {
  const pe = program.readUInt32LE(0x3c);
  const optional = pe + 24;
  if (program.toString('latin1', pe, pe + 4) !== 'PE\0\0' || program.readUInt16LE(optional) !== pe32plus)
    throw new Error('no Windows program of 64 bits');
  const entry = optional + 112 + securityDirectory * 8;
  const [begin, length] = [program.readUInt32LE(entry), program.readUInt32LE(entry + 4)];
  if (begin === 0) return program;
  if (begin + length !== program.length) throw new Error('its signature does not end the file');
  const bare = Buffer.from(program.subarray(0, begin));
  bare.writeBigUInt64LE(0n, entry);
  return bare;
}
