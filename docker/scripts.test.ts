import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = new URL('./scripts/', import.meta.url);
const scripts = readdirSync(folder);
/** Reads a file without running it; a program that is not here is a failure in CI alone. */
const readers = {
  sh: ['sh', '-n'],
  py: ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())'],
} as const;

function isHere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return process.env.CI === 'true';
  }
}

describe.each(['sh', 'py'] as const)('what is written in %s for the machines', (language) => {
  const [program, ...args] = readers[language];
  const files = scripts.filter((name) => name.endsWith(`.${language}`));

  it('is there', () => expect(files.length).toBeGreaterThan(0));

  it.skipIf(!isHere(program)).each(files)('%s can be read', (name) => {
    execFileSync(program, [...args, fileURLToPath(new URL(name, folder))]);
  });
});
