import { Graph, layout } from '@dagrejs/dagre';
import type { Device } from '../../model/evidence/vocabulary.js';
import type { Drawing, DrawnConnection, DrawnDevice } from '../contract/report.js';

/** The way of one connection, drawn level. Pixels. */
export interface Lane {
  connection: DrawnConnection;
  y: number;
  from: number;
  /** Where it ended: at the device that decided, at the server, or at the cloud. */
  end: number;
  to: number;
  /** Middles of devices that it went past. */
  past: number[];
}

export interface Column extends Pick<DrawnDevice, 'label' | 'note'> {
  x: number;
  width: number;
  /** True where some connection ended there. */
  decided: boolean;
}

/** What stands at one end of some lanes: who connects, or where to. */
export interface Label {
  connection: DrawnConnection;
  y: number;
  x: number;
  bad: boolean;
}

export interface Placed {
  width: number;
  height: number;
  columns: Column[];
  lanes: Lane[];
  starts: Label[];
  ends: Label[];
}

const laneHeight = 38;
const headHeight = 50;
const endWidth = 330;
/** More lanes than this, and those that came through are told together. */
const mostLanes = 10;

/**
 * Places a drawing: a column per device in path order, a lane per connection. Where columns are and
 * in which order lanes cross least is worked out by dagre; each lane is then drawn level.
 */
export function place(
  { servers, devices, phases }: Drawing,
  connections: readonly DrawnConnection[],
): Placed {
  const told = toldTogether(connections);
  // With several servers each start names its own.
  const startWidth = servers.length > 1 ? 236 : 168;
  const order = devices.map(({ device }) => device);
  const decided = new Set(told.map(({ device }) => device));
  // As wide as any phase needs: nothing moves when another one is drawn.
  const wide = new Set(phases.flatMap((one) => one.connections.map(({ device }) => device)));
  const widthOf = (device: Device) => (wide.has(device) ? 172 : 122);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 10, marginx: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const put = (id: string, width: number) => graph.setNode(id, { width, height: laneHeight });
  for (const [index, lane] of told.entries()) {
    put(startOf(lane), startWidth);
    put(endOf(lane), endWidth);
    const way = [
      startOf(lane),
      ...order.map((device) => {
        put(`${index} ${device}`, widthOf(device));
        return `${index} ${device}`;
      }),
      endOf(lane),
    ];
    for (let step = 1; step < way.length; step++)
      graph.setEdge(way[step - 1] ?? '', way[step] ?? '', {}, String(index));
  }
  layout(graph);
  const middleOf = (index: number) => graph.node(`${index} ${order[0]}`).y;
  const xOf = (device: Device) => graph.node(`0 ${device}`).x;
  const sorted = [...told.entries()].sort(([a], [b]) => middleOf(a) - middleOf(b)).map(([, lane]) => lane);
  const [first] = told;
  const from = first ? graph.node(startOf(first)).x + startWidth / 2 : 0;
  const to = first ? graph.node(endOf(first)).x - endWidth / 2 : 0;
  const lanes = sorted.map((connection, row): Lane => {
    const stopped = stopOf(connection, order);
    const end = stopped < 0 ? from - 16 : stopped < order.length ? xOf(order[stopped] ?? 'cloud') : to;
    const past = order.filter((device, at) => at < stopped && !passes(connection, device)).map(xOf);
    return { connection, y: headHeight + (row + 0.5) * laneHeight, from, end, to, past };
  });
  return {
    width: graph.graph().width ?? 0,
    height: headHeight + lanes.length * laneHeight + 16,
    columns: [
      {
        label: servers.length === 1 ? (servers[0]?.name ?? '') : `${servers.length} servers`,
        note: servers.length === 1 ? (servers[0]?.note ?? '') : servers.map(({ name }) => name).join(', '),
        x: from - startWidth / 2,
        width: startWidth,
        decided: decided.has('server'),
      },
      ...devices.map(({ device, label, note }) => ({
        ...{ label, note, x: xOf(device), width: widthOf(device), decided: decided.has(device) },
      })),
    ],
    lanes,
    starts: labelsOf(lanes, startOf, from - startWidth + 10),
    ends: labelsOf(lanes, endOf, to + 14),
  };
}

/** Lanes beside each other that share an end share its label. */
function labelsOf(lanes: readonly Lane[], nameOf: (lane: DrawnConnection) => string, x: number): Label[] {
  const groups: Lane[][] = [];
  for (const lane of lanes) {
    const last = groups.at(-1);
    if (last?.[0] && nameOf(last[0].connection) === nameOf(lane.connection)) last.push(lane);
    else groups.push([lane]);
  }
  return groups.flatMap((group): Label[] => {
    const [first] = group;
    if (!first) return [];
    const y = group.reduce((sum, lane) => sum + lane.y, 0) / group.length;
    return [
      { connection: first.connection, x, y, bad: group.some(({ connection }) => connection.result !== 'ok') },
    ];
  });
}

/** The place of the device at which a lane ends: -1 is the server, beyond the last one the cloud. */
function stopOf({ device, result }: DrawnConnection, order: readonly Device[]): number {
  if (device === 'server') return -1;
  const at = result === 'ok' || device === undefined ? -1 : order.indexOf(device);
  return at < 0 ? order.length : at;
}

/** Devices that say nothing about what they let through are on every way. */
function passes({ via }: DrawnConnection, device: Device): boolean {
  return via.length === 0 || via.includes(device) || device === 'resolver' || device === 'link';
}

function startOf({ server, account, operations }: DrawnConnection): string {
  return `start ${server} ${account} ${operations.join()}`;
}

function endOf({ host, port, operations }: DrawnConnection): string {
  return `end ${host ?? operations.join()} ${port}`;
}

/** Many that came through the same way from the same account are one lane. */
function toldTogether(connections: readonly DrawnConnection[]): DrawnConnection[] {
  if (connections.length <= mostLanes) return [...connections];
  const failed = connections.filter(({ result }) => result !== 'ok').slice(0, mostLanes + 4);
  const groups = new Map<string, DrawnConnection[]>();
  for (const one of connections.filter(({ result }) => result === 'ok')) {
    const key = JSON.stringify([one.server, one.account, one.via]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const together = [...groups.values()].flatMap((group): DrawnConnection[] => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    return [
      {
        ...first,
        operations: [...new Set(group.flatMap(({ operations }) => operations))],
        host: `${group.length} hosts, all ok`,
        port: undefined,
        count: group.reduce((sum, { count }) => sum + count, 0),
      },
    ];
  });
  return [...failed, ...together];
}
