import { ofEnds } from './ends.js';
import type { Fault } from './fault.js';
import { ofFirewalls } from './firewalls.js';
import { onTheWay } from './on-the-way.js';
import { ofProxies } from './proxies.js';

/** Pairs are drawn by the places in this list. */
export const faults: readonly Fault[] = [...ofFirewalls, ...ofProxies, ...onTheWay, ...ofEnds];
