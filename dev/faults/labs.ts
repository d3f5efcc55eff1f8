import type Docker from 'dockerode';
import { labelOf } from '../../harness/engines/containers/labels.js';
import type { Family } from './family.js';

/** Containers of labs that a family of processes started, and of nobody else. */
export class Labs {
  constructor(
    private readonly docker: Docker,
    private readonly family: Family,
  ) {}

  /** Those that are there, running or not. */
  async containers(): Promise<Docker.ContainerInfo[]> {
    const all = await this.docker.listContainers({ all: true, filters: { label: [labelOf.run] } });
    return all.filter(({ Labels }) => this.#isOurs(Labels));
  }

  /** Networks of labs: labs have none of the engine's, so each is left over. */
  async networks(): Promise<string[]> {
    const all = await this.docker.listNetworks({ filters: { label: [labelOf.run] } });
    return all.filter(({ Labels = {} }) => this.#isOurs(Labels)).map(({ Name }) => Name);
  }

  /**
   * Told of all that the engine does with containers of this family, by what it is (`create`, `exec_start`, …).
   * Returns what ends it.
   */
  async watch(heard: (action: string) => void): Promise<() => void> {
    const stream = await this.docker.getEvents({
      filters: JSON.stringify({ type: ['container'], label: [labelOf.run] }),
    });
    let rest = '';
    let before: Promise<unknown> = Promise.resolve();
    stream.on('data', (chunk: Buffer) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { Action, Actor } = JSON.parse(line) as EngineEvent;
        // A worker may be new.
        before = before.then(async () => {
          if (!this.#isOurs(Actor.Attributes)) await this.family.alive();
          if (this.#isOurs(Actor.Attributes)) heard(Action);
        });
      }
    });
    stream.on('error', () => {});
    return () => (stream as unknown as { destroy(): void }).destroy();
  }

  #isOurs(labels: Readonly<Record<string, string>>): boolean {
    return this.family.known.has(Number.parseInt(labels[labelOf.process] ?? '', 10));
  }
}

interface EngineEvent {
  Action: string;
  Actor: { Attributes: Record<string, string> };
}
