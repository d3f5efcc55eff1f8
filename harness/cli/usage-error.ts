/** Words on the command line that do not go together, or mean nothing; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
