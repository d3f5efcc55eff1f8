import { durationText } from './duration.js';
import type { Link } from './schema.js';

/** What the link does to connections, as evidence names it; absent: it does not. */
export interface LinkRules {
  /** It holds packets back: `round-trip 40ms`, `rate 10mbit`, or both. */
  delay?: string;
  /** `loss 0.5%` */
  loss?: string;
  /** `idle-timeout 4m` */
  idle?: string;
  /** `nat-ports 64` */
  nat?: string;
}

/** The rules of a link, in the words of the site file. */
export function linkRules(link: Link): LinkRules {
  const { 'round-trip': roundTrip, loss, rate, 'idle-timeout': idle, 'nat-ports': ports } = link;
  const delay = [
    ...(roundTrip > 0 ? [`round-trip ${durationText(roundTrip)}`] : []),
    ...(rate === undefined ? [] : [`rate ${rateText(rate)}`]),
  ];
  return {
    ...(delay.length > 0 && { delay: delay.join(', ') }),
    ...(loss > 0 && { loss: `loss ${shareText(loss)}` }),
    ...(idle !== undefined && { idle: `idle-timeout ${durationText(idle)}` }),
    ...(ports !== undefined && { nat: `nat-ports ${ports}` }),
  };
}

/** What a share of 0.005 is called: `0.5%`. */
function shareText(share: number): string {
  return `${Number((share * 100).toFixed(6))}%`;
}

/** Bits per second as a site file writes them: `10mbit`, `512kbit`. */
function rateText(rate: number): string {
  return rate % 1e6 === 0 ? `${rate / 1e6}mbit` : `${rate / 1000}kbit`;
}
