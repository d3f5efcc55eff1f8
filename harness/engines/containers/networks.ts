import { randomInt } from 'node:crypto';
import type Docker from 'dockerode';

/**
 * Subnets for the engine's book-keeping: /28s of 198.19.128.0/17. Nothing in a lab uses them, so where
 * another network has that range, the engine may choose.
 */
const slices = 2048;
const tries = 5;

/**
 * A bridge that only containers are on: the host has no address there, nothing is translated, and
 * nothing of the engine's filters stands in the way (design 5).
 * @throws Error which says what to do, where the engine has no address range left
 */
export async function createNetwork(
  docker: Docker,
  name: string,
  labels: Record<string, string>,
): Promise<void> {
  const create = (subnet?: string) =>
    docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: labels,
      ...(subnet && { IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] } }),
      Options: {
        'com.docker.network.bridge.inhibit_ipv4': 'true',
        'com.docker.network.bridge.enable_ip_masquerade': 'false',
        'com.docker.network.bridge.gateway_mode_ipv4': 'nat-unprotected',
      },
    });
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      await create(slice(randomInt(slices)));
      return;
    } catch (error) {
      if (!/overlap|conflict|in use|already used/i.test((error as Error).message)) throw error;
    }
  }
  try {
    await create();
  } catch (cause) {
    const { message } = cause as Error;
    if (!/address pool/i.test(message)) throw cause;
    throw new Error(
      `the container engine has no address range left for the networks of a lab (${message.trim()}): remove networks that nobody needs (docker network ls, docker network prune)`,
      { cause },
    );
  }
}

function slice(index: number): string {
  return `198.19.${128 + (index >> 4)}.${(index & 15) << 4}/28`;
}
