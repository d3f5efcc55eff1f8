import { describe } from 'vitest';
import { ContainersEngine } from '../containers/containers-engine.js';
import { runtimeForTests } from '../containers/testing.js';
import { realClients } from './real-clients.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('on the containers engine', () => {
  realClients(async () => {
    if (!docker) throw new Error('no container engine');
    return ContainersEngine.start(docker);
  });
});
