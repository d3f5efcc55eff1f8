import { ApplicationsMachine } from './applications-role.js';
import { serve, tell } from './channel.js';
import { CloudMachine } from './cloud-role.js';
import { GatewayMachine } from './gateway-role.js';
import { ProxyMachine } from './proxy-role.js';
import { ServerMachine } from './server-role.js';
import { UsersMachine } from './users-role.js';

/** What runs inside a container of the lab: one program, one role. */
const [, , role = ''] = process.argv;
const notify = (notice: Parameters<typeof tell>[1]) => tell(process.stdout, notice);
const roles: Record<string, () => object> = {
  server: () => new ServerMachine(notify),
  gateway: () => new GatewayMachine(notify),
  cloud: () => new CloudMachine(notify),
  applications: () => new ApplicationsMachine(notify),
  users: () => new UsersMachine(notify),
  proxy: () => new ProxyMachine(notify),
};

const machine = roles[role]?.();
if (!machine) throw new Error(`no role is called ${role}; roles: ${Object.keys(roles).join(', ')}`);
serve(process.stdin, process.stdout, machine as Record<string, unknown>);
// The harness is gone, however it went: a lab does not outlive its run.
process.stdin.once('end', () => process.exit());
process.once('SIGTERM', () => process.exit());
