import { describe } from 'vitest';
import { engineForTests, runtimeForTests } from '../containers/testing.js';
import { realClients } from './real-clients.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('on the containers engine', () => {
  realClients(async () => {
    if (!docker) throw new Error('no container engine');
    return engineForTests(docker);
  });
});
