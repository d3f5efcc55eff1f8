import type Docker from 'dockerode';

/** What an engine says of itself (`GET /info`), as far as it matters here. */
export interface EngineInfo {
  MemoryLimit?: boolean;
  PidsLimit?: boolean;
  SecurityOptions?: string[] | null;
}

/**
 * What this engine cannot do of a machine's confinement, in words: it leaves out limits that it cannot set,
 * and says nothing. The seal is not among them: where that cannot be made, no lab opens.
 */
export function weaknessesOf({ MemoryLimit, PidsLimit, SecurityOptions }: EngineInfo): string[] {
  const profile = SecurityOptions?.find((one) => one.startsWith('name=seccomp'));
  return [
    ...(MemoryLimit === false ? ['memory of machines is not limited'] : []),
    ...(PidsLimit === false ? ['processes of machines are not limited'] : []),
    ...(profile === undefined || profile.includes('unconfined')
      ? ['machines may make every system call: there is no seccomp profile']
      : []),
  ];
}

/** As {@link weaknessesOf}, asked of the engine; one that does not say has that for a weakness. */
export async function weaknessesAt(docker: Pick<Docker, 'info'>): Promise<string[]> {
  try {
    return weaknessesOf(await docker.info());
  } catch (error) {
    return [`it does not say what it can limit: ${(error as Error).message}`];
  }
}
