import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../run/output.js';
import { check } from './check.js';
import { exitCodes } from './exit-codes.js';
import { answersOf, NoAnswerError, type Said } from './init-answers.js';
import { ignored, startingFiles, workflowOf } from './init-files.js';
import { writeSite } from './site-to-write.js';
import { UsageError } from './usage-error.js';

/**
 * `connector-lab init [FOLDER]`: a site file, a scenario and a workflow, then a check of the site. A file
 * that is there already stays as it is: nothing is written then.
 * @throws UsageError
 */
export async function init(folder: string, said: Said): Promise<number> {
  const known = ['site.yaml', 'connector.test.ts'].map((name) => join(folder, name)).find(existsSync);
  // Before anything is asked.
  if (known !== undefined) throw new UsageError(`${isThere(known)}: name another folder`);
  const answers = await answersOf(said).catch((error) => {
    if (error instanceof NoAnswerError) return undefined;
    throw error;
  });
  if (!answers) {
    process.stderr.write('Nothing was written.\n');
    return exitCodes.interrupted;
  }
  const root = repositoryOf(folder);
  const workflow = workflowOf(answers.ci, relative(root, resolve(folder)).split(sep).join('/'));
  const workflowFile = workflow && join(relative('.', root), workflow.file);
  if (workflowFile !== undefined && existsSync(workflowFile))
    throw new UsageError(`${isThere(workflowFile)}: name another folder, or say --ci none`);
  const ignore = join(folder, '.gitignore');
  const files = {
    ...Object.fromEntries(
      Object.entries(startingFiles(answers)).map(([name, text]) => [join(folder, name), text]),
    ),
    ...(workflow && workflowFile !== undefined && { [workflowFile]: workflow.text }),
    ...(!existsSync(ignore) && { [ignore]: ignored }),
  };
  for (const [file, text] of Object.entries(files)) {
    await makeFolder(dirname(file), 'folder');
    await writeSite(file, text);
    process.stderr.write(`Wrote ${file}\n`);
  }
  const { signal } = said;
  const code = await check(join(folder, 'site.yaml'), {
    ...{ engine: 'embedded' as const, out: join(folder, 'connector-lab-out'), signal },
  });
  const there = relative('.', folder);
  const enter = there === '' ? '' : `cd ${there} && `;
  process.stderr.write(`\nNext: ${enter}npm install --save-dev connector-lab vitest, and npx vitest run\n`);
  return code;
}

function isThere(file: string): string {
  return `${file} is there already, and stays as it is`;
}

/** The nearest folder with a repository in it: CI looks for workflows there and nowhere else. Without one, the folder itself. */
function repositoryOf(folder: string, at = resolve(folder)): string {
  if (existsSync(join(at, '.git'))) return at;
  return dirname(at) === at ? resolve(folder) : repositoryOf(folder, dirname(at));
}
