import { testScenarios } from '../harness/vitest.js';

await testScenarios(new URL('.', import.meta.url));
