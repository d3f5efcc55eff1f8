import { exitCodes } from './exit-codes.js';
import { main } from './program.js';

// Whoever read the words has gone (`| head`): what was asked for is done all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const code = await main(process.argv.slice(2));
// An engine that hangs would hold its connections, and this process, open.
if (code === exitCodes.noEngine) process.exit(code);
process.exitCode = code;
