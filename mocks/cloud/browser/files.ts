import { readdirSync, readFileSync } from 'node:fs';

/** What browsers get as it lies here, by its name. */
export type BrowserFiles = Readonly<Record<string, { type: string; body: string }>>;

const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

function filesOf(page: string): BrowserFiles {
  const folder = new URL(`./${page}/`, import.meta.url);
  return Object.fromEntries(
    readdirSync(folder).flatMap((name) => {
      const type = types[/\.([a-z]+)$/.exec(name)?.[1] ?? ''];
      return type ? [[name, { type, body: readFileSync(new URL(name, folder), 'utf8') }]] : [];
    }),
  );
}

// The program inside the containers has all that is exported here in itself (docker/build-agent.ts).
export const portalFiles = filesOf('portal');
export const signInFiles = filesOf('sign-in');
