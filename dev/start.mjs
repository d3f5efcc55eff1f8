// `npm start`: sets up, runs the catalogue, writes the report.
import { install, run } from './set-up.mjs';

install();
run(process.execPath, ['bin/connector-lab.mjs', 'run', ...process.argv.slice(2)]);
