import { entryName, type HostEntry } from '../site/host-entry.js';
import type { Inspection } from '../site/schema.js';
import { remembered } from './remembered.js';
import { decideByList, type ListDecision, type ListRule } from './rule-list.js';

export type InspectionAction = 'inspect' | 'bypass';
export type InspectionDecision = ListDecision<InspectionAction>;
type Lists = Pick<Inspection, 'only' | 'except'>;

const known = new WeakMap<Lists, ListRule<InspectionAction>[]>();

/** Which hosts an inspector leaves alone and which it inspects, in order: exemptions come first. */
export function inspectionRules(inspection: Lists): readonly ListRule<InspectionAction>[] {
  return remembered(known, inspection, () => rulesOf(inspection));
}

function rulesOf({ only, except }: Lists): ListRule<InspectionAction>[] {
  const rule = (action: InspectionAction, name: string, words: string, hosts?: readonly HostEntry[]) => ({
    ...{ action, name, explanation: ({ host }: { host: string }) => `${host} ${words}` },
    ...(hosts && { hosts }),
  });
  const inspected = 'is not exempt from inspection';
  return [
    ...except.map((one) => rule('bypass', `except ${entryName(one)}`, 'is exempt from inspection', [one])),
    ...(only?.map((one) => rule('inspect', `inspect ${entryName(one)}`, inspected, [one])) ?? []),
    only
      ? rule('bypass', 'not in only', 'is not among the inspected hosts')
      : rule('inspect', 'inspect *', inspected),
  ];
}

/** Whether an inspector inspects what is said to a host. */
export function decideInspection(inspection: Lists, host: string): InspectionDecision {
  return decideByList(inspectionRules(inspection), { host, port: 443 });
}
