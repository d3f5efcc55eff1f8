import { expect, it } from 'vitest';
import { sample } from '../../model/verdict/sample/sample.js';
import { type Aftermath, breachesOf, finishedIn } from './breaches.js';

const { results: whole } = sample();
const scenario = whole.scenarios.find(({ outcome }) => outcome === 'passed');
const passed = scenario ? [scenario] : [];
const id = scenario?.id ?? '';
const well: Aftermath = {
  ...{
    end: 'unharmed',
    struck: true,
    ended: { code: 0, signal: null },
    stdout: '',
    stderr: `✓ ${id} 12 ms\n`,
  },
  ...{
    byRun: true,
    results: { ...whole, scenarios: passed, requirements: [] },
    meant: 0,
    next: [],
    left: [],
  },
};
const results = well.results ?? whole;
const failed = passed.map((one) => ({ ...one, outcome: 'failed' as const, reason: 'tcp-drop' }));
const labFailed = failed.map((one) => ({ ...one, labFailed: true as const }));
const [requirement] = whole.requirements;
const broken = requirement ? [{ ...requirement, verdict: 'broken' as const }] : [];

it('finds nothing where all is well, and reads what had finished', () => {
  expect(breachesOf(well)).toEqual([]);
  expect(finishedIn('1 scenario on …\n✓ a/b 1 ms\n✗ c/d#e, f 20 ms\n    the lab failed: x\n')).toEqual([
    { id: 'a/b', passed: true },
    { id: 'c/d#e, f', passed: false },
  ]);
});

it.each<[string, Partial<Aftermath>, RegExp]>([
  ['a container', { left: ['container /connector-lab-1-users'] }, /left over: container/],
  [
    'a requirement that is called broken',
    { results: { ...results, requirements: broken } },
    /said to be broken/,
  ],
  [
    'a failure that is not the lab’s',
    { end: 'lab-fails', stderr: `✗ ${id} 12 ms\n`, results: { ...results, scenarios: failed } },
    /said to have failed: tcp-drop/,
  ],
  [
    'a failure of the lab where nothing should have failed',
    { stderr: `✗ ${id} 12 ms\n`, results: { ...results, scenarios: labFailed } },
    /nothing should have happened/,
  ],
  ['what had finished and is not reported', { stderr: '✓ another/one 12 ms\n' }, /another\/one had finished/],
  ['a stack trace', { stderr: 'Error: x\n    at async open (node:internal/fs:1:1)\n' }, /a stack trace/],
  ['a trace of V8', { stderr: ' 1: 0xb78db3 node::OOMErrorHandler\n' }, /a trace of V8/],
  ['an endless line', { stderr: 'x'.repeat(3000) }, /a line of 3000 bytes/],
  ['another exit code than its results mean', { ended: { code: 1, signal: null } }, /its results mean 0/],
  [
    'a run that ends without a word',
    { end: 'starved', byRun: false, ended: { code: 2, signal: null }, stderr: '', results: undefined },
    /should have gone on, or said why not/,
  ],
  [
    'an interrupted run that says all is well',
    { end: 'interrupted', byRun: false, ended: { code: 0, signal: null } },
    /it was interrupted/,
  ],
  ['a next command that fails', { next: [{ command: 'clean', code: 3, stderr: '' }] }, /clean: exit code 3/],
  [
    'a next command that fails where there are no results',
    {
      ...{ end: 'killed', byRun: false, results: undefined, ended: { code: 137, signal: 'SIGKILL' } },
      ...{ stderr: '', next: [{ command: 'clean', code: 3, stderr: '' }] },
    },
    /clean: exit code 3/,
  ],
])('%s is a breach', (_, what, breach) => {
  expect(breachesOf({ ...well, ...what }).join('\n')).toMatch(breach);
});

it.each<[string, Partial<Aftermath>]>([
  ['a kill behind the last word', { end: 'killed', ended: { code: 137, signal: 'SIGKILL' } }],
  [
    'what Node.js says of a heap that is too small',
    {
      ...{ end: 'starved', byRun: false, results: undefined, ended: { code: 134, signal: 'SIGABRT' } },
      stderr: '<--- Last few GCs --->\n 1: 0xb78db3 node::OOMErrorHandler\n',
    },
  ],
  [
    'failures of the lab where a worker was killed',
    {
      ...{ end: 'lab-fails', stderr: `✗ ${id} 12 ms\n`, ended: { code: 1, signal: null }, meant: 1 },
      results: { ...results, scenarios: labFailed },
    },
  ],
])('%s: no breach', (_, what) => {
  expect(breachesOf({ ...well, ...what })).toEqual([]);
});
