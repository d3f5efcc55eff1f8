import type { KernelFeature } from '../../../docker/agent/roles.js';
import type { Site } from '../../../model/site/schema.js';
import { CannotError } from '../engine.js';

/** @throws CannotError where a site's link needs what the kernel under the containers has not */
export async function assertKernelCan(
  { link }: Site,
  features: () => Promise<Record<KernelFeature, boolean>>,
): Promise<void> {
  const needs: [setting: string, feature: KernelFeature, needed: boolean][] = [
    ['round-trip', 'delay', link['round-trip'] > 0],
    ['loss', 'loss', link.loss > 0],
    ['nat-ports', 'count', link['nat-ports'] !== undefined],
    ['rate', 'rate', link.rate !== undefined],
  ];
  const needed = needs.filter((need) => need[2]);
  if (needed.length === 0) return;
  const found = await features();
  const missing = needed.find(([, feature]) => !found[feature]);
  if (missing)
    throw new CannotError(
      `the kernel under the containers cannot do link.${missing[0]}; connector-lab doctor says what it can`,
    );
}
