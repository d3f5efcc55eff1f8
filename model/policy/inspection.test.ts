import { expect, it } from 'vitest';
import { decideInspection } from './inspection.js';

const both = { only: ['*.x.test', 'y.test'], except: ['*.b.x.test', 'Y.test'] };

it.each([
  [{ except: [] }, 'a.test', 'inspect', 'inspect *', 'is not exempt from inspection'],
  [{ except: ['any'] }, 'a.test', 'bypass', 'except any', 'is exempt from inspection'],
  [{ except: ['*.x.test'] }, 'a.x.test', 'bypass', 'except *.x.test', 'is exempt from inspection'],
  [{ except: ['*.x.test'] }, 'x.test', 'inspect', 'inspect *', 'is not exempt from inspection'],
  [{ except: [], only: [] }, 'a.test', 'bypass', 'not in only', 'is not among the inspected hosts'],
  [both, 'a.x.test', 'inspect', 'inspect *.x.test', 'is not exempt from inspection'],
  [both, 'b.x.test', 'inspect', 'inspect *.x.test', 'is not exempt from inspection'],
  [both, 'a.b.x.test', 'bypass', 'except *.b.x.test', 'is exempt from inspection'],
  [both, 'y.test', 'bypass', 'except Y.test', 'is exempt from inspection'],
  [both, 'x.test', 'bypass', 'not in only', 'is not among the inspected hosts'],
])('%j: %s', (lists, host, action, rule, words) => {
  expect(decideInspection(lists, host)).toEqual({ action, rule, explanation: `${host} ${words}` });
});
