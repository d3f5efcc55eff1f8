/** Every kind of step: a file, and a line here. */
export * as access from './access.js';
export * as administer from './administer.js';
export * as copyInstallation from './copy-installation.js';
export * as inboundProbe from './inbound-probe.js';
export * as operate from './operate.js';
export * as pass from './pass.js';
export * as reach from './reach.js';
export * as resolve from './resolve.js';
export * as service from './service.js';
export * as viewPortal from './view-portal.js';
export * as visit from './visit.js';
