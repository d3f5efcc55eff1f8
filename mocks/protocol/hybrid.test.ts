import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forwardedHeaders, readHybridAddress, readListenerMessage } from './hybrid.js';
import { ProtocolError } from './xml.js';

it('read any target or message, or refuse it', () => {
  const target = fc.oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.webQueryParameters());
  fc.assert(
    fc.property(target, fc.webQueryParameters(), (path, query) => {
      const read = readHybridAddress(`/$hc/${path}?sb-hc-action=connect&${query}`);
      if (read) expect(read.query).not.toMatch(/(^|&)sb-hc-/);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        readListenerMessage(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
  );
});

it('hands on no header of the hop, and nothing that splits a header', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('Connection', 'HOST', 'te', 'x-own', 'Via', 'upgrade'));
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), (given) => {
      const kept = forwardedHeaders(given, 'relay');
      expect(kept.Via).toMatch(/1\.1 relay$/);
      for (const [one, value] of Object.entries(kept)) {
        expect(one).toMatch(/^[^\s:]+$/);
        expect(one).not.toMatch(/^(connection|host|te|upgrade)$/i);
        expect(value).not.toMatch(/[\r\n\0]/);
      }
    }),
  );
});
