import type Docker from 'dockerode';
import { exists } from './base.js';
import { toEnd } from './engine-progress.js';
import { ImageError } from './image-error.js';

/** By what an image says what is in it, wherever it comes from. */
export const contentsLabel = 'connector-lab.contents';

/**
 * Puts an image into a registry, under a name of the user's and the image's own tag, and returns both.
 * @throws ImageError
 */
export async function push(docker: Docker, image: string, repo: string): Promise<string> {
  const tag = tagOf(image);
  const there = `${repo}:${tag}`;
  await docker.getImage(image).tag({ repo, tag });
  try {
    await toEnd(await docker.getImage(there).push({ authconfig: await credentials(repo) }));
  } catch (error) {
    throw new ImageError(`cannot push ${there}: ${inWords(error, repo)}`, { cause: error });
  } finally {
    // Only the name: what it names stays.
    await docker.getImage(there).remove();
  }
  return there;
}

/**
 * Takes an image from a registry, where it lies under a name of the user's and the image's own tag.
 * @throws ImageError
 */
export async function take(docker: Docker, image: string, repo: string): Promise<void> {
  const tag = tagOf(image);
  const there = `${repo}:${tag}`;
  try {
    await toEnd(await docker.pull(there, { authconfig: await credentials(repo) }));
    if (!(await exists(docker, there))) throw new Error('the engine broke off in the middle');
  } catch (error) {
    throw new ImageError(`cannot take ${there}: ${inWords(error, repo)}`, { cause: error });
  }
  const found = docker.getImage(there);
  try {
    const [{ Config, Architecture }, { Arch }] = await Promise.all([found.inspect(), docker.version()]);
    if (Config.Labels?.[contentsLabel] !== tag)
      throw new ImageError(`${there} is not what its tag says: push it again, with images --push ${repo}`);
    if (Architecture !== Arch)
      throw new ImageError(
        `${there} is for ${Architecture}, and this engine is ${Arch}: build it here, without --image`,
      );
    await found.tag({ repo: image.slice(0, -tag.length - 1), tag });
  } finally {
    await found.remove();
  }
}

function tagOf(image: string): string {
  return image.slice(image.lastIndexOf(':') + 1);
}

/** What `docker login` wrote down for a registry; the engine itself knows nothing of it. */
async function credentials(repo: string): Promise<object> {
  const { getAuthConfig } = await import('testcontainers/build/container-runtime/index.js');
  // Engines refuse a push that says nothing of it.
  return (await getAuthConfig(registryOf(repo) ?? 'https://index.docker.io/v1/')) ?? {};
}

/** Undefined: Docker's own. */
function registryOf(repo: string): string | undefined {
  const [first = '', ...rest] = repo.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
}

const reasons: readonly [pattern: RegExp, words: (where: string, said: string) => string][] = [
  [
    /manifest unknown|manifest for |name unknown|repository name not known/i,
    (where) =>
      `${where} does not have the image of this version; images --push puts it there, from a machine that built it`,
  ],
  [
    /denied|unauthorized|no basic auth|authentication required/i,
    (where) => `${where} does not let this account: docker login ${where}`,
  ],
  [
    /HTTP response to HTTPS client/,
    (where) =>
      `${where} speaks no TLS: list it in the engine's "insecure-registries", or give it a certificate`,
  ],
  [/x509|certificate/i, (where, said) => `the engine does not trust the certificate of ${where} (${said})`],
  [
    /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|deadline exceeded|Client\.Timeout|server misbehaving/i,
    (where, said) => `${where} does not answer (${said})`,
  ],
  [
    /unexpected EOF|broke off|aborted|socket hang up|ECONNRESET|filesystem layer verification failed|short read/i,
    (_, said) => `it was not all there when it ended (${said}); nothing of it is used: try again`,
  ],
];

function inWords(error: unknown, repo: string): string {
  // The engine's own words, without those of its client.
  const said = (error as Error).message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
  const where = registryOf(repo) ?? 'docker.io';
  return reasons.find(([pattern]) => pattern.test(said))?.[1](where, said) ?? said;
}
