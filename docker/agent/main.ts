import { type Notice, serve, streamsOver, tell } from './channel.js';

/** What runs inside a container of the lab: one program, one role, and only what that needs is loaded. */
const [, , role = ''] = process.argv;
const notify = (notice: Notice) => tell(process.stdout, notice);
const streams = streamsOver(process.stdout);
const roles: Record<string, () => Promise<{ kept: boolean }>> = {
  server: async () => new (await import('./server-role.js')).ServerMachine(notify, streams),
  gateway: async () => new (await import('./gateway-role.js')).GatewayMachine(notify),
  cloud: async () => new (await import('./cloud-role.js')).CloudMachine(notify),
  applications: async () => new (await import('./applications-role.js')).ApplicationsMachine(notify),
  users: async () => new (await import('./users-role.js')).UsersMachine(notify, streams),
  proxy: async () => new (await import('./proxy-role.js')).ProxyMachine(notify),
  guest: async () => new (await import('./guest-role.js')).GuestMachine(),
  switch: async () => new (await import('./switch-role.js')).SwitchMachine(),
};

const machine = await roles[role]?.();
if (!machine) throw new Error(`no role is called ${role}; roles: ${Object.keys(roles).join(', ')}`);
serve(process.stdin, process.stdout, machine as unknown as Record<string, unknown>, streams);
// The harness is gone, however it went: a lab does not outlive its run, unless it was asked to.
process.stdin.once('end', () => machine.kept || process.exit());
process.once('SIGTERM', () => process.exit());
