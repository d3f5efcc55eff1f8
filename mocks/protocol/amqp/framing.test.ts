import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ProtocolError } from '../xml.js';
import { Framing, maxFrameSize } from './framing.js';

const header = fc.constant(Buffer.from('AMQP\x00\x01\x00\x00', 'latin1'));
const frame = fc.uint8Array({ maxLength: 300 }).map((body) => {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(8 + body.length);
  return Buffer.concat([size, body]);
});

it('finds the same headers and frames, however the bytes come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(header, frame)),
      fc.infiniteStream(fc.integer({ min: 1, max: 200 })),
      (units, sizes) => {
        const framing = new Framing();
        const bytes = Buffer.concat(units);
        const found: Buffer[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value as number;
          found.push(...framing.take(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(found.map((unit) => unit.toString('hex'))).toEqual(units.map((unit) => unit.toString('hex')));
      },
    ),
  );
});

it('takes any bytes, and keeps no more than a frame of them', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (chunks) => {
      const framing = new Framing();
      try {
        for (const chunk of chunks)
          for (const unit of framing.take(chunk)) expect(unit.length).toBeLessThanOrEqual(maxFrameSize);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
  );
});
