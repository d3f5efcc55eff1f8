export * from './cloud.js';
export * from './firewall.js';
export * from './path.js';
export * from './server.js';
