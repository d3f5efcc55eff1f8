/** Something of ours could not be written; what was in its place before is untouched. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  constructor(
    readonly path: string,
    cause: unknown,
    /** What of the work is there all the same. */
    kept = '',
    /** The option that says where it goes. */
    option = '--out',
  ) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`cannot write ${path}: ${wordsFor(option)[code ?? ''] ?? message}${kept}`, { cause });
  }
}

function wordsFor(option: string): Readonly<Record<string, string>> {
  const another = `choose another ${option}`;
  return {
    ENOSPC: `the disk is full; free some space or ${another}`,
    ENOENT: `no folder can be made there; ${another}`,
    EACCES: process.env.container
      ? 'no permission; docker run --user "$(id -u):$(id -g)" is as whom you own your folder'
      : `no permission; ${another}`,
    EROFS: `the file system is read-only; ${another}`,
    ENOTDIR: 'a part of the path is a file, not a folder',
    EISDIR: `there is a folder of that name; ${another}`,
    EEXIST: 'there is a file of that name where a folder is needed',
    EDQUOT: `the disk quota is used up; ${another}`,
  };
}
