import { randomUUID } from 'node:crypto';
import type { Region } from '../../model/site/cloud-schema.js';
import type { Site } from '../../model/site/schema.js';
import { idOf } from '../protocol/directory-ids.js';
import type { RegisteredConnector } from './registered-connector.js';

/** Connectors that serve the same applications. */
export interface ConnectorGroup {
  readonly id: string;
  name: string;
  region: Region;
  readonly isDefault: boolean;
}

/** What cannot be done with a group, and why. */
export class GroupRefusedError extends Error {
  override readonly name = 'GroupRefusedError';
  constructor(
    readonly reason: 'name-taken' | 'not-empty' | 'default',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Which connectors and applications belong together. The site says how it was when the lab opened;
 * administrators change it afterwards, and their changes stay until a site comes with other groups.
 */
export class ConnectorGroups {
  readonly #groups = new Map<string, ConnectorGroup>();
  readonly #ofServer = new Map<string, string>();
  readonly #ofConnector = new Map<string, string>();
  readonly #ofApplication = new Map<string, string>();
  #seed = '';
  #default: ConnectorGroup = { id: '', name: 'Default', region: 'eur', isDefault: true };

  constructor(private readonly connectors: ReadonlyMap<string, RegisteredConnector>) {}

  seed({ 'connector-groups': groups, applications, cloud }: Site): void {
    const assigned = applications.map(({ name, group }) => [name, group] as const);
    const seed = JSON.stringify([groups, assigned, cloud.region]);
    if (seed === this.#seed) return;
    this.#seed = seed;
    for (const map of [this.#groups, this.#ofServer, this.#ofConnector, this.#ofApplication]) map.clear();
    this.#default = this.#put('Default', cloud.region, true);
    for (const { name, servers, region = cloud.region } of groups) {
      const { id } = name === 'Default' ? this.#default : this.#put(name, region, false);
      for (const server of servers) this.#ofServer.set(server, id);
    }
    for (const [application, group] of assigned) this.#ofApplication.set(application, this.#named(group).id);
  }

  /** The default group first. */
  get all(): readonly ConnectorGroup[] {
    return [...this.#groups.values()];
  }

  find(id: string): ConnectorGroup | undefined {
    return this.#groups.get(id.toLowerCase());
  }

  /** The group that a connector is in: `Default`, until somebody has assigned it to another. */
  of({ id, machineName }: RegisteredConnector): ConnectorGroup {
    return this.#get(this.#ofConnector.get(id) ?? this.#ofServer.get(machineName));
  }

  ofApplication(name: string): ConnectorGroup {
    return this.#get(this.#ofApplication.get(name));
  }

  membersOf(group: ConnectorGroup): RegisteredConnector[] {
    return [...this.connectors.values()].filter((connector) => this.of(connector) === group);
  }

  /** Names of applications. */
  applicationsOf(group: ConnectorGroup): string[] {
    return [...this.#ofApplication.keys()].filter((name) => this.ofApplication(name) === group);
  }

  /** @throws GroupRefusedError where the name is taken */
  create(name: string, region: Region = this.#default.region): ConnectorGroup {
    this.#checkName(name);
    return this.#put(name, region, false);
  }

  /** @throws GroupRefusedError where the name is taken, or the region is to change with members in it */
  update(
    group: ConnectorGroup,
    { name = group.name, region = group.region }: { name?: string; region?: Region },
  ): void {
    if (name !== group.name) this.#checkName(name, group);
    const isEmpty = this.membersOf(group).length + this.applicationsOf(group).length === 0;
    if (region !== group.region && !isEmpty)
      throw new GroupRefusedError(
        'not-empty',
        'The region can be changed only while the group has no connectors and no applications.',
      );
    group.name = name;
    group.region = region;
  }

  /** @throws GroupRefusedError where the group is the default one, or in use */
  remove(group: ConnectorGroup): void {
    if (group.isDefault)
      throw new GroupRefusedError('default', 'The default connector group cannot be deleted.');
    if (this.membersOf(group).length > 0)
      throw new GroupRefusedError('not-empty', 'A connector group with connectors cannot be deleted.');
    // Assumed of applications; the page speaks of connectors only.
    if (this.applicationsOf(group).length > 0)
      throw new GroupRefusedError('not-empty', 'A connector group with applications cannot be deleted.');
    this.#groups.delete(group.id);
  }

  move({ id }: RegisteredConnector, to: ConnectorGroup): void {
    this.#ofConnector.set(id, to.id);
  }

  assign(application: string, to: ConnectorGroup): void {
    this.#ofApplication.set(application, to.id);
  }

  #put(name: string, region: Region, isDefault: boolean): ConnectorGroup {
    // What the site names has the same id in every run.
    const known = idOf('group', name);
    const group = { id: this.#groups.has(known) ? randomUUID() : known, name, region, isDefault };
    this.#groups.set(group.id, group);
    return group;
  }

  #get(id: string | undefined): ConnectorGroup {
    return this.#groups.get(id ?? '') ?? this.#default;
  }

  #named(name: string): ConnectorGroup {
    return this.all.find((group) => group.name === name) ?? this.#default;
  }

  #checkName(name: string, except?: ConnectorGroup): void {
    const taken = this.all.some((one) => one !== except && one.name.toLowerCase() === name.toLowerCase());
    if (taken) throw new GroupRefusedError('name-taken', `A connector group named '${name}' already exists.`);
  }
}
