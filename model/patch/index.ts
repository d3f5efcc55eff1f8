import type { Side } from '../import/combine.js';
import type { Imported, SourceFile } from '../import/importer.js';
import type { Request, Stop } from '../repair/request.js';
import type { Site } from '../site/schema.js';
import { RuleSources } from '../verdict/rule-sources.js';
import { azureFirewall } from './azure-firewall.js';
import { csv } from './csv.js';
import type { Edit } from './edit.js';
import { hostsFile } from './hosts-file.js';
import { iptables } from './iptables.js';
import { nftables } from './nftables.js';
import { pac } from './pac.js';
import type { ClosedPlace, LeftOut, Patcher, PatchOptions } from './patcher.js';
import { squid } from './squid.js';

/** Every format of which files are patched. */
export const patchers: readonly Patcher[] = [iptables, nftables, azureFirewall, squid, pac, hostsFile, csv];

/** Lines of a file that a sentence names. */
const mostLines = 3;

/** A file of which a part of the site was made. */
export interface ReadSource {
  source: SourceFile;
  format: string;
  /** What it says; absent of a part of another file, which says nothing by itself. */
  imported?: Pick<Imported, 'edge' | 'server' | 'site' | 'hosts'>;
}

/** The change of one file. */
export interface FilePatch {
  file: string;
  edits: Edit[];
}

/** What of the requests cannot be said in a file that decides about it. */
export interface LeftOutOf extends LeftOut {
  file: string;
}

/**
 * What requests ask, as changes of the files in which it is decided. What no file decides, or cannot say,
 * is in no change: whoever reads the files again sees what is left.
 */
export function patchesOf(
  files: readonly ReadSource[],
  site: Site,
  { requests, stops }: { requests: readonly Request[]; stops: readonly Stop[] },
  given: PatchOptions & { as?: Side | undefined },
): { patches: FilePatch[]; leftOut: LeftOutOf[] } {
  const patches = new Map<string, FilePatch>();
  const leftOut: LeftOutOf[] = [];
  const sources = new RuleSources(site);
  for (const request of requests) {
    const candidates = files.filter((one) => decides(one, request, given.as));
    const byFile = new Map<ReadSource, ClosedPlace[]>();
    for (const place of placesOf(request, stops, sources)) {
      // What an earlier file lets through, no later one is asked about.
      const closing = candidates.find(({ source }) => place.sources.some(({ file }) => file === source.file));
      const file = closing ?? candidates.findLast(({ imported }) => imported);
      if (!file) continue;
      const closedAt = place.sources.filter((one) => one.file === file.source.file).map(({ line }) => line);
      const { host, port } = place;
      const byDefault = place.byDefault || closedAt.length === 0;
      byFile.set(file, [...(byFile.get(file) ?? []), { host, port, closedAt, byDefault }]);
    }
    const side = request.kind === 'open-host' ? 'server' : 'edge';
    for (const [{ source, format }, places] of byFile) {
      const patcher = patcherOf(format);
      if (!patcher) {
        leftOut.push({ file: source.file, places, why: byHand(places) });
        continue;
      }
      const patched = patcher.patch(source, { request, places, side, given });
      const { file } = source;
      const edits = [...(patches.get(file)?.edits ?? []), ...patched.edits];
      if (edits.length > 0) patches.set(file, { file, edits });
      leftOut.push(...patched.leftOut.map((one) => ({ file, ...one })));
    }
  }
  return { patches: [...patches.values()], leftOut };
}

function patcherOf(format: string): Patcher | undefined {
  return patchers.find((one) => one.format === format);
}

/** Whether a file says something about what a request changes. */
function decides({ format, imported }: ReadSource, { kind }: Request, as: Side | undefined): boolean {
  const patcher = patcherOf(format);
  if (!patcher) {
    if (kind === 'open-edge' || kind === 'open-host' || kind === 'pass-proxy')
      return hasRules(imported, kind, as);
    return false;
  }
  if (!patcher.kinds.includes(kind)) return false;
  if (!imported) return true;
  if (kind === 'open-edge') return imported.edge !== undefined && as !== 'server' && as !== 'proxy';
  if (kind === 'open-host')
    return as === 'server' || (imported.server !== undefined && imported.edge === undefined);
  return true;
}

/** Whether a file of a format that nobody patches has the rules that a request changes. */
function hasRules(
  imported: ReadSource['imported'],
  kind: 'open-edge' | 'open-host' | 'pass-proxy',
  as: Side | undefined,
): boolean {
  if (kind === 'pass-proxy') return as === 'proxy' && imported?.edge !== undefined;
  if (kind === 'open-host') return imported?.server !== undefined || (as === 'server' && !!imported?.edge);
  return imported?.edge !== undefined && as !== 'server' && as !== 'proxy';
}

/** What is to be done with a file of a format that nobody patches, and where in it. */
function byHand(places: readonly ClosedPlace[]): string {
  const lines = [...new Set(places.flatMap(({ closedAt }) => closedAt))].sort((one, other) => one - other);
  const shown = lines.slice(0, mostLines).join(', ');
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  const where =
    lines.length === 0
      ? 'no line of it lets that through'
      : `it is closed in line${lines.length > 1 ? 's' : ''} ${shown}${more}`;
  return `this file decides it, and files of this format are not patched: change it by hand (${where})`;
}

/** What a request is about, with the lines that close it, of whatever files. */
function placesOf(request: Request, stops: readonly Stop[], sources: RuleSources) {
  return request.targets.map(({ host, port }) => {
    const rules = stops.flatMap((stop) =>
      stop.by === 'flow' &&
      request.decidedBy.includes(stop.hop.device) &&
      stop.target.host === host &&
      stop.target.port === port
        ? (stop.hop.rule ?? [])
        : [],
    );
    const closing = rules.length > 0 ? rules : request.rules;
    return {
      ...{ host, port, sources: sources.of(closing) },
      byDefault: closing.some((rule) => sources.of([rule]).length === 0),
    };
  });
}
