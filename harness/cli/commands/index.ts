import type { Register } from '../command.js';
import { register as ablate } from './ablate.js';
import { register as check } from './check.js';
import { register as clean } from './clean.js';
import { register as diagnose } from './diagnose.js';
import { register as doctor } from './doctor.js';
import { register as editions } from './editions.js';
import { register as explain } from './explain.js';
import { register as fix } from './fix.js';
import { register as help } from './help.js';
import { register as images } from './images.js';
import { register as imports } from './import.js';
import { register as init } from './init.js';
import { register as list } from './list.js';
import { register as probe } from './probe.js';
import { register as report } from './report.js';
import { register as reproduce } from './reproduce.js';
import { register as run } from './run.js';
import { register as trace } from './trace.js';
import { register as up } from './up.js';

/** Every command, by what somebody has who looks for one, in the order of `--help`. */
export const commandGroups: readonly { heading: string; commands: readonly Register[] }[] = [
  {
    heading: 'A network:',
    commands: [check, init, imports, fix, trace, diagnose, probe, reproduce, up],
  },
  { heading: 'The catalogue:', commands: [run, list, explain, editions, ablate] },
  { heading: 'Results, and this machine:', commands: [report, doctor, images, clean, help] },
];
