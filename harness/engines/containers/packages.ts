import { createRequire } from 'node:module';
import { NoEngineError } from '../engine.js';

const require = createRequire(import.meta.url);
const { peerDependencies } = require('connector-lab/package.json') as {
  peerDependencies: Readonly<Record<'testcontainers' | 'dockerode', string>>;
};

/**
 * What the containers engine needs and the package does not bring along: two thirds of all packages
 * would be its. As npm takes them; without the caret, which is a sign of its own in some shells.
 */
export const containersPackages = (['testcontainers', 'dockerode'] as const).map(
  (name) => `${name}@${/\d+/.exec(peerDependencies[name])?.[0]}`,
);

/** @throws NoEngineError where a package is missing; it says how to get it */
export function needPackages(): void {
  try {
    for (const name of ['testcontainers', 'dockerode']) require.resolve(name);
  } catch (error) {
    throw new NoEngineError(
      `the containers engine needs two packages more: npm install ${containersPackages.join(' ')} beside connector-lab (${inOneCommand}), or use --engine embedded`,
      { cause: error },
    );
  }
}

const inOneCommand = `or npx ${['connector-lab', ...containersPackages].map((name) => `-p ${name}`).join(' ')} connector-lab …`;
