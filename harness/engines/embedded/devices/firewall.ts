import type { Socket } from 'node:net';
import { type Attempt, decided } from '../../../../mocks/devices/decided.js';
import { peekName } from '../../../../mocks/devices/peek-name.js';
import { refusal } from '../../../../mocks/devices/refusal.js';
import { silence, splice } from '../../../../mocks/devices/splice.js';
import type { Device as DeviceName } from '../../../../model/evidence/vocabulary.js';
import { type Decision, decide } from '../../../../model/policy/decide.js';
import { decideByAddress, decideByName } from '../../../../model/policy/decide-by-name.js';
import { asLearned, unknowing } from '../../../../model/policy/known-names.js';
import { edgeFirewalls } from '../../../../model/site/edge-firewalls.js';
import type { Firewall } from '../../../../model/site/schema.js';
import { type Device, type DeviceContext, type DeviceKind, through } from './device.js';

export const hostFirewall: DeviceKind = {
  onServer: (context, server) => {
    const policy = server['host-firewall'];
    return (attempt, next) => {
      const decision = decide(policy, attempt.flow);
      return atOnce(context, attempt, next, 'host-firewall', decision);
    };
  },
};

/** All firewalls of the edge, one after the other. */
export const edgeFirewall: DeviceKind = {
  atEdge: (context, { site }) => {
    const all = edgeFirewalls(site);
    const since = context.clock.now();
    const devices = all.map((one, at) => firewallAtEdge(context, since, one, all.slice(at + 1)));
    return (attempt, next) => through(devices, attempt, next);
  },
};

/** What is decided before TCP connects. */
function atOnce(
  context: DeviceContext,
  attempt: Attempt,
  next: () => Promise<Socket>,
  device: DeviceName,
  { action, rule, explanation }: Decision,
): Promise<Socket> {
  decided(context, attempt, { device, action, rule, explanation });
  if (action === 'allow') return next();
  return Promise.reject(refusal(action, attempt.flow, attempt.connection));
}

/**
 * A firewall of the network. Where it knows names from the ClientHello and the Host header, and the address
 * alone does not decide, it lets TCP connect and decides on the first bytes; nothing comes about where one
 * `behind` it refuses the first packet.
 */
function firewallAtEdge(
  context: DeviceContext,
  since: number,
  policy: Firewall,
  behind: readonly Firewall[],
): Device {
  const learnedBy = (firewall: Firewall, { flow }: Attempt) =>
    asLearned(firewall, flow, context.clock.now() - since);
  const refusesAtOnce = (firewall: Firewall, attempt: Attempt) =>
    (decideByAddress(firewall, learnedBy(firewall, attempt))?.action ?? 'allow') !== 'allow';

  return async (attempt, next) => {
    const flow = learnedBy(policy, attempt);
    const early = decideByAddress(policy, flow);
    if (early) return atOnce(context, attempt, next, 'edge-firewall', told(early, flow, attempt));
    if (behind.some((one) => refusesAtOnce(one, attempt))) return next();
    const [client, inner] = await context.fabric.pair();
    void decideOnName(attempt, next, client, inner);
    return client;
  };

  /** A decision with why it did not know better. */
  function told(decision: Decision, flow: Attempt['flow'], attempt: Attempt): Decision {
    const unknown = flow === attempt.flow ? undefined : unknowing(policy, attempt.flow, decision.index);
    return unknown ? { ...decision, explanation: `${decision.explanation}; ${unknown.words}` } : decision;
  }

  async function decideOnName(attempt: Attempt, next: () => Promise<Socket>, client: Socket, inner: Socket) {
    const name = await peekName(inner);
    if (inner.destroyed) return;
    const flow = learnedBy(policy, attempt);
    const { action, rule, explanation } = told(decideByName(policy, flow, name), flow, attempt);
    decided(context, attempt, { device: 'edge-firewall', action, rule, explanation, byName: true });
    if (action === 'allow') {
      try {
        splice(inner, await next());
      } catch {
        // A device further on refused; its evidence is in the log, this client sees a reset.
        inner.resetAndDestroy();
      }
    } else if (action === 'drop') {
      client.destroy(silence(`${attempt.flow.host}: no answer after the connection was made`));
    } else {
      inner.resetAndDestroy();
    }
  }
}
