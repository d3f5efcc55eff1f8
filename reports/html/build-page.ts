import { createHash } from 'node:crypto';
import { ReportPageError } from './page-error.js';

/**
 * Builds the app in `folder` to one HTML file that loads nothing. Its policy lets only this very
 * script and style run, so that nothing captured can.
 * @throws ReportPageError
 */
export async function buildPage(folder: string): Promise<string> {
  try {
    const { build } = await import('vite');
    const { viteSingleFile } = await import('vite-plugin-singlefile');
    const built = await build({
      root: folder,
      configFile: false,
      envFile: false,
      logLevel: 'silent',
      plugins: [viteSingleFile()],
      build: { write: false, target: 'es2023', modulePreload: false },
    });
    const outputs = Array.isArray(built) ? built : [built];
    const page = outputs
      .flatMap((one) => ('output' in one ? one.output : []))
      .find(({ fileName }) => fileName.endsWith('.html'));
    if (page?.type !== 'asset') throw new Error('vite made no page');
    return withPolicy(String(page.source));
  } catch (error) {
    throw new ReportPageError(
      `the page of the report could not be built: ${error instanceof Error ? error.message : String(error)}\nIt needs the packages of the clone: npm ci`,
      { cause: error },
    );
  }
}

function withPolicy(page: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashes(page, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g)}`,
    `style-src ${hashes(page, /<style[^>]*>([\s\S]*?)<\/style>/g)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page.replace(
    '<meta charset="utf-8">',
    () => `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}

function hashes(page: string, pattern: RegExp): string {
  const found = [...page.matchAll(pattern)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  if (found.length === 0) throw new Error(`nothing like ${pattern} in the page`);
  return found.join(' ');
}
