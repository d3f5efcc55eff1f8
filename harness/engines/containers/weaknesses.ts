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
