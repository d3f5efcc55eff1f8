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

/** How an engine is reached, as its client has it. */
export interface Way {
  socketPath?: string;
  protocol?: string;
  host?: string;
}

/** What is weak about the way to an engine on another computer. */
export function weaknessOfWay({ socketPath, protocol, host = '' }: Way): string[] {
  const isHere = socketPath !== undefined || /^(localhost|127\.|\[?::1\]?$)/.test(host);
  if (isHere || protocol !== 'http') return [];
  return [`it is reached at ${host} without TLS: whoever is on the way reads, and is root there`];
}

/** As {@link weaknessesOf}, asked of the engine; one that does not say has that for a weakness. */
export async function weaknessesAt(docker: Pick<Docker, 'info' | 'modem'>): Promise<string[]> {
  const way = weaknessOfWay(docker.modem as Way);
  try {
    return [...weaknessesOf(await docker.info()), ...way];
  } catch (error) {
    return [`it does not say what it can limit: ${(error as Error).message}`, ...way];
  }
}
