import { mergeConfig } from 'vitest/config';
import base from './vitest.config.js';
export default mergeConfig(base, {
  test: { maxWorkers: 1, execArgv: ['--cpu-prof', '--cpu-prof-dir=/tmp/speed/prof'] },
});
