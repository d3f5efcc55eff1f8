/**
 * Runs a parser of a library that makes an Error of each of a hundred thousand mistakes, told or not: stacks would
 * cost more than all the rest.
 */
export function withoutStacks<T>(parse: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
