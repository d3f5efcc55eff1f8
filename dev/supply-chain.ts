import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundledPlaces } from './supply-chain/bundled.js';
import { type Installed, installed } from './supply-chain/packages.js';

/**
 * `npm run supply-chain`: what is installed, what runs while it is, under which licences, and what the
 * registry knows of weaknesses and provenance. Where the registry does not say, that is said.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const all = await installed(root, await bundledPlaces(root));
const called = ({ name, version, development }: Installed) =>
  `${name}@${version}${development ? ' (development)' : ''}`;
const own = all.filter(({ development }) => !development);

heading(`Packages: ${own.length} of the program, ${all.length - own.length} of its development`);
list(
  'Programs that run while they are installed',
  all.filter(({ runsAtInstall }) => runsAtInstall).map(called),
);
heading('Licences');
const licences = new Map<string, Installed[]>();
for (const one of all) {
  const licence = one.licence ?? 'none that its author names';
  licences.set(licence, [...(licences.get(licence) ?? []), one]);
}
for (const [licence, packages] of [...licences].sort(([, a], [, b]) => b.length - a.length))
  say(
    `${String(packages.length).padStart(5)}  ${licence}${packages.length > 3 ? '' : `: ${packages.map(called).join(', ')}`}`,
  );
list('Archives without a digest', all.filter(({ integrity }) => integrity === undefined).map(called));
ask('Known weaknesses', ['audit']);
ask('Signatures and provenance', ['audit', 'signatures']);

function ask(what: string, args: readonly string[]): void {
  heading(what);
  // The project's settings switch it off for whoever installs; npm then says nothing at all.
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--audit=true', '--loglevel=warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  const words = `${stdout}\n${stderr}`.trim();
  const isUnanswered =
    words === '' || (status !== 0 && /endpoint|ENOTFOUND|ECONN|ETIMEDOUT|\b[45]\d\d /.test(words));
  say(isUnanswered ? `not known: the registry does not answer that (${words.split('\n')[0]})` : words);
  // What is known and bad is for CI to see; what is not known is no finding.
  if (status !== 0 && !isUnanswered) process.exitCode = 1;
}

function list(what: string, names: readonly string[]): void {
  heading(what);
  for (const name of names.length > 0 ? names : ['none']) say(`  ${name}`);
}

function heading(text: string): void {
  say(`\n${text}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
