import { randomInt } from 'node:crypto';
import type Docker from 'dockerode';

/** Subnets for the engine's book-keeping: /28s of 198.19.128.0/17. Nothing in a lab uses them. */
const slices = 2048;
const tries = 20;

/**
 * A bridge that only containers are on: the host has no address there, nothing is translated, and
 * nothing of the engine's filters stands in the way (design 5).
 */
export async function createNetwork(
  docker: Docker,
  name: string,
  labels: Record<string, string>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await docker.createNetwork({
        Name: name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Labels: labels,
        IPAM: { Driver: 'default', Config: [{ Subnet: slice(randomInt(slices)) }] },
        Options: {
          'com.docker.network.bridge.inhibit_ipv4': 'true',
          'com.docker.network.bridge.enable_ip_masquerade': 'false',
          'com.docker.network.bridge.gateway_mode_ipv4': 'nat-unprotected',
        },
      });
      return;
    } catch (error) {
      const { message } = error as Error;
      if (attempt === tries || !/overlap|conflict|in use/i.test(message)) throw error;
    }
  }
}

function slice(index: number): string {
  return `198.19.${128 + (index >> 4)}.${(index & 15) << 4}/28`;
}
