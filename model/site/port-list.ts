/** The first and the last port of a range, both included. */
export type PortRange = readonly [first: number, last: number];

/** Ports as a site file has them: `443`, `"8080-8090"`, `"443, 8080-8090"`, a list of these, or `any`. */
export type Ports = number | string | readonly (number | string)[];

/** The ranges of a list of ports, in order; those that meet are one. */
export function portRanges(ports: Ports): PortRange[] {
  if (ports === 'any') return [[0, 65_535]];
  const ranges = portParts(ports).map((part): PortRange => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return [first, last];
  });
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.sort(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function hasPort(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(([first, last]) => first <= port && port <= last);
}

/** `443`, `8080-8090`. */
export function rangeText([first, last]: PortRange): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

/** The same, as firewalls and proxies are told them: `443`, `8080-8090`. */
export function portTexts(ports: Ports): string[] {
  return portRanges(ports).map(rangeText);
}

/** What is wrong with a list of ports that is written as one. */
export function wrongPorts(ports: Ports): string[] {
  if (ports === 'any') return [];
  return portParts(ports).flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    if (first > last) return [`"${part}" ends before it begins; did you mean "${last}-${first}"?`];
    if (first < 1 || last > 65_535) return [`"${part}" is no port; ports go from 1 to 65535`];
    return [];
  });
}

function portParts(ports: Ports): string[] {
  return [ports].flat().flatMap((one) =>
    String(one)
      .split(',')
      .map((part) => part.trim()),
  );
}
