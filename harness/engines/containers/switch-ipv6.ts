import type Docker from 'dockerode';
import { CannotError } from '../engine.js';
import { confinementOfErrand, ipv6Sysctl } from './confinement.js';

export interface Ipv6Machine {
  docker: Docker;
  /** Of any program; it only has to end. */
  image: string;
  /** The container whose network it is about. */
  machine: string;
  /** Of the container that does it. */
  name: string;
  labels: Record<string, string>;
}

/**
 * Switches IPv6 on or off at a machine's interface to the site's network. No machine may write settings of the
 * kernel, so the engine does: for a container without any right that has the machine's network, and ends at once.
 * @throws CannotError where the engine refuses
 */
export async function switchIpv6(to: 'on' | 'off', options: Ipv6Machine): Promise<void> {
  const { docker, image, machine, name, labels } = options;
  const container = await docker.createContainer({
    ...{ name, Image: image, Labels: labels, Entrypoint: ['true'] },
    HostConfig: {
      ...confinementOfErrand(machine),
      Sysctls: { [ipv6Sysctl('inside')]: to === 'on' ? '0' : '1' },
    },
  });
  const gone = container.wait({ condition: 'removed' });
  gone.catch(() => {});
  try {
    await container.start();
    await gone;
  } catch (error) {
    await container.remove({ force: true }).catch(() => {});
    throw new CannotError(
      `the container engine cannot switch IPv6 ${to}, which link.ipv6 needs: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
