import type { LabNetwork, Plug, SwitchRole } from './roles.js';
import { run } from './shell.js';

const labNetworks: readonly LabNetwork[] = ['inside', 'outside'];

/**
 * The wires of a lab: a bridge for each of its networks, in a network namespace with nothing else in it.
 * Both ends of every wire are in the lab, so whatever is sent on one stays there: no interface of the host,
 * and no rule on the host, has a part in it.
 */
export class SwitchMachine implements SwitchRole {
  /** It goes on when the harness is gone. */
  kept = false;
  #bridges: Promise<unknown> | undefined;

  async plug(plugs: readonly Plug[]): Promise<void> {
    this.#bridges ??= batch(
      labNetworks.flatMap((network) => [`link add ${network} type bridge`, `link set dev ${network} up`]),
    );
    await this.#bridges;
    await batch(
      plugs.flatMap(({ network, machine, pid }) => {
        const port = `${network === 'inside' ? 'in' : 'out'}-${machine}`;
        return [
          `link add name ${network} netns ${pid} type veth peer name ${port}`,
          `link set dev ${port} master ${network} up`,
        ];
      }),
    );
  }

  async keep(): Promise<void> {
    this.kept = true;
  }
}

function batch(commands: readonly string[]): Promise<string> {
  return run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}
