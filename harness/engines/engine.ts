import type { Asker, Dialer } from '../../mocks/network.js';
import type { Trust } from '../../mocks/pki/trust.js';
import type { EventBody, LabEvent } from '../../model/evidence/event.js';
import type { Account, Phase } from '../../model/evidence/vocabulary.js';
import type { Step } from '../../model/scenario/step.js';
import type { Site } from '../../model/site/schema.js';

/** No engine of the wanted kind can run here, or none any more; the message says what to do. */
export class NoEngineError extends Error {
  override readonly name = 'NoEngineError';
}

/** Turns a site into running machines. Disposing of it ends every lab that it opened. */
export interface Engine extends AsyncDisposable {
  readonly name: 'embedded' | 'containers';
  readonly settings: EngineSettings;
  /** What it cannot do of its machines' confinement, in words; absent: nothing. */
  readonly weaknesses?: readonly string[];
  /** What this engine cannot do of a site, as a reason for `skipped`; undefined: everything. */
  cannot(site: Site): string | undefined;
  /**
   * @throws CannotError where the machines under the lab lack what the site needs
   * @throws NoEngineError where it is the engine itself that has gone; labs that are open do so as well
   */
  open(site: Site, options: LabOptions): Promise<Lab>;
}

/** An engine found out that it cannot do a site, after it had begun: a reason for `skipped`. */
export class CannotError extends Error {
  override name = 'CannotError';
}

/** How an engine works; another process that is told the same makes the same engine. */
export interface EngineSettings {
  /** Folder for packets and TLS keys of every machine, by scenario and repetition. Absent: nothing is captured. */
  captures?: string;
}

export interface LabOptions {
  /** Where every event goes, already stamped, in order. */
  record(event: LabEvent): void;
  /** The scenario's id, for the stamps. */
  scenario: string;
  /** Which time it is run, from 1, where it is repeated. */
  repetition?: number;
  /** Lab clock at the start, milliseconds since 1970. */
  startAt: number;
}

/** One running site plus cloud. */
export interface Lab extends AsyncDisposable {
  /** Names the part of the proof that the next events belong to. */
  begin(phase: Phase, change?: string): void;
  /**
   * Puts another site in place of the present one: devices get their new rules, connections made
   * through the old ones are closed, caches are emptied. Connector and cloud keep what they have
   * stored (certificate, registration).
   * @throws CannotError as `open`
   */
  change(site: Site): Promise<void>;
  /** Does one step. Ends when its evidence is complete. @throws only when the lab itself fails. */
  perform(step: Step): Promise<void>;
  /**
   * Leaves the lab standing after the run, where the engine can, and returns how to get in, one line
   * each. Disposing of the lab then does nothing.
   */
  keep?(): Promise<string[]>;
  /** For programs of this computer that are to be in the lab. */
  readonly trust: Trust;
  /** A way in for them: from a user's machine on the internet, or from one of the site's servers. */
  dialer(server?: string, as?: Asker): Dialer;
  /**
   * Starts an image of the container engine as a machine of the site, beside its servers, until the lab ends.
   */
  guest?(image: string): Promise<Guest>;
  /** A server's machine as it is, where the engine has machines. */
  machine?(server: string): LabMachine;
  /** Writes an event as the harness. */
  note(event: EventBody): void;
}

/** An image of people's own as a machine of a lab. */
export interface Guest {
  /** Of its container. */
  name: string;
  /** Resolves with the exit code when its program ends, which takes the container with it. */
  ended: Promise<number>;
}

/** A server of a lab, for programs that know of no lab. */
export interface LabMachine {
  /** Address of the resolver that it asks. */
  resolver: string;
  /** Authorities (PEM) that its administrator has made trusted, beside the public ones. */
  trusted: readonly string[];
  run(errand: Errand): Promise<Done>;
}

/** A program for Node that is started on a machine, in a folder of its own that is gone after it. */
export interface Errand {
  account: Account;
  /** Put into that folder before. */
  files: Readonly<Record<string, string | Uint8Array>>;
  /** What Node is started with. */
  words: readonly string[];
  /** The file that it leaves there, to be brought back. */
  brings: string;
}

/** How a program on a machine ended: what it printed, and the file that it left; empty, where there is none. */
export interface Done {
  code: number;
  printed: string;
  brought: string;
}
