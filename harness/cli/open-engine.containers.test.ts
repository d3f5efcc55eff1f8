import { expect, it } from 'vitest';
import { completeSite } from '../../model/site/complete.js';
import { engineForTests, runtimeForTests } from '../engines/containers/testing.js';
import { openEngine } from './open-engine.js';

const docker = await runtimeForTests();
const both = completeSite({ site: 'Both', 'syn-proxy': { resets: ['a.test'] }, inspection: {} });

it.skipIf(!docker)(
  'where nobody asks for an engine, a site that machines cannot do has the embedded one',
  async () => {
    if (!docker) return;
    await engineForTests(docker);
    await using able = await openEngine({ engine: 'auto', out: '' }, completeSite({ site: 'Documented' }));
    await using unable = await openEngine({ engine: 'auto', out: '' }, both);
    await using asked = await openEngine({ engine: 'containers', out: '' }, both);
    expect([able.name, unable.name, asked.name]).toEqual(['containers', 'embedded', 'containers']);
  },
);
