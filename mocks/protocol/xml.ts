import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** What came over the wire is not what the protocol says. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** An element's children in order; text is a string, absence `null` (xsi:nil). */
export interface XmlElement {
  [name: string]: string | number | boolean | null | undefined | XmlElement | XmlElement[];
}

/** Larger messages are refused: the service's own are a few kilobytes. Bytes. */
const largest = 1024 * 1024;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
});

/** Writes a document. Elements come in the order of the object's keys, which WCF insists on. */
export function buildXml(root: string, namespace: string, children: XmlElement): string {
  const nil = (value: XmlElement[string]): unknown => {
    if (value === null) return { '@i:nil': 'true' };
    if (Array.isArray(value)) return value.map(nil);
    if (typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nil(inner)]));
    return value;
  };
  return builder.build({
    [root]: {
      '@xmlns': namespace,
      '@xmlns:i': 'http://www.w3.org/2001/XMLSchema-instance',
      ...(nil(children) as object),
    },
  });
}

/** Reads a document's root element as a plain object. @throws ProtocolError */
export function parseXml(text: string, root: string): Record<string, unknown> {
  if (text.length > largest) throw new ProtocolError(`a ${root} of ${text.length} bytes is too large`);
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new ProtocolError('document types are not allowed');
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch (error) {
    throw new ProtocolError(`not XML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const element = (parsed as Record<string, unknown>)[root];
  if (element === null || typeof element !== 'object') throw new ProtocolError(`expected a ${root}`);
  return element as Record<string, unknown>;
}
