import { ApplicationsMachine } from './applications-role.js';
import type { BaseRole } from './base-role.js';
import { serve, tell } from './channel.js';
import { CloudMachine } from './cloud-role.js';
import { GatewayMachine } from './gateway-role.js';
import { ProxyMachine } from './proxy-role.js';
import { ServerMachine } from './server-role.js';
import { UsersMachine } from './users-role.js';

/** What runs inside a container of the lab: one program, one role. */
const [, , role = ''] = process.argv;
const notify = (notice: Parameters<typeof tell>[1]) => tell(process.stdout, notice);
const roles: Record<string, () => BaseRole> = {
  server: () => new ServerMachine(notify),
  gateway: () => new GatewayMachine(notify),
  cloud: () => new CloudMachine(notify),
  applications: () => new ApplicationsMachine(notify),
  users: () => new UsersMachine(notify),
  proxy: () => new ProxyMachine(notify),
};

const machine = roles[role]?.();
if (!machine) throw new Error(`no role is called ${role}; roles: ${Object.keys(roles).join(', ')}`);
serve(process.stdin, process.stdout, machine as unknown as Record<string, unknown>);
// The harness is gone, however it went: a lab does not outlive its run, unless it was asked to.
process.stdin.once('end', () => machine.kept || process.exit());
process.once('SIGTERM', () => process.exit());
