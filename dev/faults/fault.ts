import type Docker from 'dockerode';
import type { Draw } from './draw.js';
import type { Labs } from './labs.js';
import type { Moment } from './moment.js';
import type { StartedRun } from './started-run.js';

/** How a run ends that something happened to. */
export type End =
  | 'unharmed' // it goes on, and everything passes
  | 'lab-fails' // it goes on; what fails is the lab's failure
  | 'interrupted'
  | 'killed'
  | 'engine-gone' // or everything had been done
  | 'starved'; // of something that it needs: it goes on, ends in words, or is ended

/** From its start on, in words, and how it is started. */
export interface Circumstances {
  words: string;
  env?: NodeJS.ProcessEnv;
  under?: readonly string[];
}

/** What a fault can reach. */
export interface Struck {
  run: StartedRun;
  draw: Draw;
  /** On containers. */
  labs?: { docker: Docker; ours: Labs };
  /** An engine of this command's own. */
  daemon?: { pid: number };
}

export interface Fault {
  name: string;
  end: End;
  /** It needs a run that is shared among processes. */
  workers?: true;
  /** By what its moments are named; absent: all that there is. */
  moments?: readonly Moment['of'][];
  circumstances?(draw: Draw): Circumstances;
  /** Returns what was struck, in words; undefined where there was nothing any more. */
  strike?(struck: Struck): Promise<string | undefined>;
}
