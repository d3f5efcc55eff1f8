import { main } from './program.js';
import { runProcess } from './run-process.js';

await runProcess(main);
