import type { Operation, StackName } from '../../../model/evidence/vocabulary.js';
import type { ServiceNames } from '../../protocol/names.js';
import { rootListPath } from '../../protocol/root-list.js';
import { signallingPath } from '../../protocol/signalling.js';
import type { Endpoint } from './endpoint.js';

/** Hosts of a service, as far as they are known. */
export type ProbedNames = Partial<
  Pick<ServiceNames, 'registration' | 'bootstrap' | 'updates' | 'renewal' | 'tunnel' | 'secondFactor'>
> &
  Pick<
    ServiceNames,
    'authority' | 'olderAuthority' | 'deviceRegistration' | 'directory' | 'policyKey' | 'rootList' | 'pkiops'
  > & {
    namespaces: readonly string[];
    data: readonly string[];
    signInParts: readonly string[];
    /** Where lists and responders are; port 80. */
    revocation: readonly string[];
    /** Those of all that are assumed. */
    assumed: ReadonlySet<string>;
  };

/** Every host that a connector uses, with the stack that does, from its first day on. */
export function endpointsOf(names: ProbedNames): Endpoint[] {
  const at =
    (operation: Operation, stack: StackName, more: Partial<Endpoint> = {}) =>
    (url: string): Endpoint => ({
      ...{ url, operation, stack, ...more },
      ...(names.assumed.has(new URL(url).hostname) && { assumed: true }),
    });
  const secure = (...hosts: readonly (string | undefined)[]) =>
    hosts.flatMap((host) => (host === undefined ? [] : `https://${host}/`));
  const { rootList, pkiops } = names;
  return [
    ...[`http://${rootList}${rootListPath}`, `http://${pkiops}/pkiops/`].map(at('install', 'system')),
    ...[`https://${rootList}${rootListPath}`, `https://${pkiops}/pkiops/`].map(at('install', 'system')),
    ...secure(names.authority, names.olderAuthority, ...names.signInParts, names.secondFactor).map(
      at('sign-in', 'browser'),
    ),
    ...secure(names.registration, names.deviceRegistration, names.directory, names.policyKey).map(
      at('register', 'browser'),
    ),
    ...secure(names.bootstrap).map(at('bootstrap', 'service')),
    ...names.namespaces
      .map((host) => `https://${host}${signallingPath}`)
      .map(at('listen', 'service', { websocket: true })),
    ...secure(...names.data).map(at('deliver', 'service')),
    ...secure(names.renewal).map(at('renew', 'service')),
    ...secure(names.updates).map(at('update', 'updater')),
    ...secure(names.tunnel).map(at('tunnel', 'tunnel')),
    // Reached, and no list looked at: what a certificate names is a check of its own.
    ...names.revocation.map((host) => `http://${host}/`).map(at('install', 'system')),
  ];
}
