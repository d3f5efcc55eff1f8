import { exitCodes } from './exit-codes.js';

/** Lets a command line be this process: what it prints, and how it ends. */
export async function runProcess(main: (args: readonly string[]) => Promise<number>): Promise<void> {
  // Whoever read the words has gone (`| head`, or the terminal with it): what was asked for is done all the same.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || code === 'EIO') return;
      if (stream === process.stdout)
        process.stderr.write(
          `cannot write standard output: ${code === 'ENOSPC' ? 'the disk is full' : message}\n`,
        );
      process.exit(exitCodes.usage);
    });
  const code = await main(process.argv.slice(2));
  // An engine that hangs would hold its connections, and this process, open.
  if (code === exitCodes.noEngine || code === exitCodes.interrupted) process.exit(code);
  process.exitCode = code;
}
