import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Each line is right but for one word; the word is what the compiler stops at. */
const wrong = {
  "results.listen.tcpDrop({ device: 'edge-firewal' })": 'device',
  "results.install.refusedByInstaller({ device: 'server', rule: 'os-verion' })": 'rule',
  "results.bootstrap.proxy407({ device: 'proxy', rule: 'autentication basic' })": 'rule',
  "results.listen.tcpDorp({ device: 'edge-firewall' })": 'tcpDorp',
  "results.listne.tcpDrop({ device: 'edge-firewall' })": 'listne',
  "network.from('s').reaches('h', 443, 'tcp-drop', { device: 'edge' })": 'device',
  "serverFact('os-verion', { windows: 'server-2012' })": "'os-verion'",
  "stopService('conector')": "'conector'",
  "traced({ kind: 'decison', device: 'edge-firewall' })": 'kind',
  "traced({ kind: 'decision', device: 'edge-firewal' })": 'device',
  "traced({ kind: 'decision', device: 'link', action: 'expired' })": 'action',
  "traced({ kind: 'decision', device: 'link', rule: 'idel-timeout 4m' })": 'rule',
  "traced({ kind: 'dns', device: 'resolver', rule: 'nxdoman h' })": 'rule',
  "traced({ kind: 'prerequisite', fact: 'os-verion' })": 'fact',
  "traced({ kind: 'cloud', service: 'private-acces' })": 'service',
  "traced({ kind: 'service', service: 'private-access' })": 'service',
  "traced({ kind: 'fault', fault: 'throtled' })": 'fault',
  // Fields that another kind of event has.
  "traced({ kind: 'decision', fact: 'os-version' })": 'fact',
  "traced({ kind: 'operation', device: 'edge-firewall' })": 'device',
  "traced({ kind: 'prerequisite', host: { pattern: '*.x', match: 'suffix' } })": 'host',
};
const right = [
  "results.listen.tcpDrop({ device: 'edge-firewall', rule: 'deny h', host: 'h', port: 443, server: 's' })",
  "results.install.refusedByInstaller({ device: 'server', rule: 'os-version' })",
  "results.bootstrap.proxy407({ device: 'proxy', rule: 'authentication basic' })",
  "traced({ kind: 'decision', device: 'link', action: 'expire', rule: 'idle-timeout 4m' })",
  "traced({ kind: 'decision', device: 'proxy', host: { pattern: '*.x', match: 'suffix' } })",
  "traced({ kind: 'cloud', service: 'private-access', machine: 'cloud', detail: 'in no segment' })",
];

it('a misspelt device, rule, service, fact, kind of event or action does not compile', () => {
  const lines = [...Object.keys(wrong), ...right];
  const head = [
    "import { network } from '../model/scenario/expectation.js';",
    "import { results } from '../model/scenario/result-expectation.js';",
    "import { serverFact, stopService } from '../model/scenario/changes/index.js';",
    "import type { Trace } from '../model/scenario/trace.js';",
    'const traced = (trace: Trace) => trace;',
  ];
  const found = errorsOf([...head, ...lines].join('\n'));
  expect(found.map(({ line, word }) => [lines[line - head.length], word])).toEqual(Object.entries(wrong));
});

/** What the compiler says of a file beside this one: where, and the word it points at. */
function errorsOf(text: string): { line: number; word: string }[] {
  const file = fileURLToPath(new URL('./snippet.ts', import.meta.url));
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  const source = ts.createSourceFile(file, text, {
    languageVersion: ts.ScriptTarget.ES2023,
    impliedNodeFormat: ts.ModuleKind.ESNext,
  });
  host.getSourceFile = (name, ...more) => (name === file ? source : read(name, ...more));
  const program = ts.createProgram([file], options, host);
  return program.getSemanticDiagnostics(source).map(({ start = 0, length = 0 }) => ({
    line: source.getLineAndCharacterOfPosition(start).line,
    word: text.slice(start, start + length),
  }));
}
