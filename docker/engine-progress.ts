/**
 * Waits for long work of a container engine (pull, push, build), which tells how it goes line by line.
 * @throws Error where it failed, in the engine's words, or where the engine went away in the middle
 */
export async function toEnd(stream: AsyncIterable<unknown>): Promise<void> {
  let rest = '';
  let failed: string | undefined;
  for await (const chunk of stream) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) failed ??= errorIn(line);
  }
  failed ??= errorIn(rest);
  if (failed !== undefined) throw new Error(failed);
}

function errorIn(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  try {
    return (JSON.parse(line) as { error?: string }).error;
  } catch {
    return 'the engine broke off in the middle';
  }
}
