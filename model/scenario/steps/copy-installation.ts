import type { StepKind } from '../step-kind.js';

/** A server's disk is overwritten with that of another: what is installed there, and who it is registered as. */
interface CopyInstallation {
  do: 'copy-installation';
  from: string;
  to: string;
}

export const kind: StepKind<CopyInstallation> = {
  do: 'copy-installation',
  words: ({ from, to }) => `the installation of ${from} is copied to ${to}`,
  perform: ({ from, to }, verbs) => verbs.copyInstallation(from, to),
  refers: { from: 'server', to: 'server' },
};

export function make(from: string, to: string): CopyInstallation {
  return { do: 'copy-installation', from, to };
}
