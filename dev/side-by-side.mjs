// Runs programs beside each other, with what each of them says kept apart.
import { spawn } from 'node:child_process';
import { root } from './set-up.mjs';

/**
 * Runs all steps at the same time; ends this process when they have ended and one of them failed.
 * What a step says is printed when it ends, as a whole; of one that is `live`, at once.
 * @param {{ name: string, command?: string, args: string[], live?: boolean }[]} steps
 */
export async function sideBySide(steps) {
  const ended = await Promise.all(steps.map(runStep));
  const failed = ended.filter(({ code }) => code !== 0);
  if (failed.length === 0) return;
  console.error(`\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exit(failed[0]?.code ?? 1);
}

async function runStep({ name, command = process.execPath, args, live = false }) {
  const began = performance.now();
  const said = [];
  if (live) console.error(`\n── ${name}`);
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', ...(live ? both('inherit') : both('pipe'))],
    });
    child.on('error', (error) => said.push(`${command}: ${error.message}\n`));
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    child.on('close', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  const how = code === 0 ? 'done' : `failed (${code})`;
  const heading = `── ${name}: ${how} after ${Math.round((performance.now() - began) / 1000)} s`;
  // In one piece, so that nothing of another step gets in between.
  process.stderr.write(Buffer.concat([`\n${heading}\n`, ...said].map((part) => Buffer.from(part))));
  return { name, code };
}

const both = (one) => [one, one];
