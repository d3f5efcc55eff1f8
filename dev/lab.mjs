// `npm run lab -- <command>`: any command, after set-up.
import { install, run } from './set-up.mjs';

install();
run(process.execPath, ['bin/connector-lab.mjs', ...process.argv.slice(2)]);
