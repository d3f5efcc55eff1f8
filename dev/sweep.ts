import { findRuntime } from '../harness/engines/containers/runtime.js';
import { sweep } from '../harness/engines/containers/sweep.js';

/** After tests on real machines, removes those that were kept warm until then: their process has ended. */
export default function setup(): () => Promise<void> {
  return async () => {
    const docker = await findRuntime().catch(() => undefined);
    if (docker) await sweep(docker);
  };
}
