import { z } from 'zod';
import { duration } from './values.js';

const aShare = 'a share such as 0.5%';
const aRate = 'a rate such as 10mbit or 512kbit';
const ratePattern = /^(\d+(?:\.\d+)?)(kbit|mbit|gbit)$/;
const unitBits: Record<string, number> = { kbit: 1e3, mbit: 1e6, gbit: 1e9 };

/** The largest packet of Ethernet. Bytes. */
const everyPacket = 1500;

export const linkSchema = z.strictObject({
  'round-trip': duration('0ms', '1m')
    .prefault('0ms')
    .describe(
      'How much longer a packet and its answer take, there and back: `40ms`, at most `1m`. Default: `0ms`.',
    ),
  loss: z
    .string(aShare)
    .regex(/^(100|\d{1,2}(\.\d+)?)%$/, aShare)
    .transform((text) => Number(text.slice(0, -1)) / 100)
    .default(0)
    .describe(
      'Share of the packets that are lost: `0.5%`. Shares below `100%` need the containers engine. Default: none.',
    ),
  rate: z
    .string(aRate)
    .regex(ratePattern, aRate)
    .transform((text, context) => {
      const [, amount, unit] = ratePattern.exec(text) as RegExpExecArray;
      const rate = Math.round(Number(amount) * (unitBits[unit as string] as number));
      if (rate >= 8000) return rate;
      context.addIssue({ code: 'custom', message: 'a rate of at least 8kbit' });
      return z.NEVER;
    })
    .optional()
    .describe(
      'Bits per second that it carries in each direction: `10mbit`, at least `8kbit`. Default: no bound.',
    ),
  'nat-ports': z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(
      'Ports that address translation has for connections to one address and port at once: `64`. One more gets no answer. Default: enough.',
    ),
  ipv6: z
    .enum(['silent', 'refused'])
    .optional()
    .describe(
      'Where public names have addresses of IPv6, too, which Windows tries first: what becomes of connections there, before that of IPv4 is tried. `silent`: each waits 21 s. Servers only: a proxy resolves for itself. Default: servers have no IPv6.',
    ),
  mtu: z
    .int()
    .min(1280)
    .max(everyPacket)
    // The lab's packets are no larger.
    .transform((bytes) => (bytes === everyPacket ? undefined : bytes))
    .optional()
    .describe(
      'Bytes of the largest packet that it carries in either direction: `1400`. Larger ones vanish, because nobody hears of it: ICMP is blocked. `1500` carries all. Default: all are carried.',
    ),
  'idle-timeout': duration('1s', '365d')
    .optional()
    .describe('Connections without traffic for so long are forgotten: `4m`. Default: never.'),
});
export type Link = z.infer<typeof linkSchema>;
