import type { CheckResults } from '../../model/verdict/check-results.js';
import { administratorOf } from './administrators.js';
import { notJudgedInWords } from './not-judged.js';

/** One thing that makes the exit code of a check another than 0. */
export interface Finding {
  /** Whose it is. */
  title: string;
  message: string;
}

/** What a check found, each thing once: what to mend, what no request mends, what is the lab's own fault. */
export function findingsOf(check: CheckResults): Finding[] {
  const { requests, incurable, differences } = check;
  return [
    ...requests.map(({ device, firewall, ask }, index) => ({
      title: `${index + 1}, ${administratorOf(device, firewall)}`,
      message: ask,
    })),
    ...incurable.map(({ device, explanation }) => ({ title: `${device}, no request`, message: explanation })),
    ...notJudgedInWords(check).map((message) => ({ title: 'not judged', message })),
    ...differences.map(({ words }) => ({ title: 'connector-lab', message: words })),
  ];
}
