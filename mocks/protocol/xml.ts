import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** What came over the wire is not what the protocol says. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** An element's children in order; text is a string, absence `null` (xsi:nil). */
export interface XmlElement {
  [name: string]: string | number | boolean | null | undefined | XmlElement | XmlElement[];
}

/** Longer messages are refused: the service's own are a few kilobytes, and parsing has its price. Characters. */
const largest = 256 * 1024;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
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

/** What a message is called, and in which namespace. `order`: of its members, where it counts. */
export interface Contract {
  root: string;
  namespace: string;
  /**
   * Data contracts name their members in one order and take what comes out of it for absent. The real
   * service then fails for want of a member (assumed); ours says at once what was wrong.
   */
  order?: readonly string[];
}

/** Reads a document's root element as a plain object, by local names. @throws ProtocolError */
export function parseXml(text: string, { root, namespace, order = [] }: Contract): Record<string, unknown> {
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
  const [name = '', element] =
    Object.entries(parsed as object).find(([key]) => localName(key) === root) ?? [];
  if (!isElement(element)) throw new ProtocolError(`expected a ${root}`);
  const prefix = name.includes(':') ? `:${name.slice(0, name.indexOf(':'))}` : '';
  if (element[`@xmlns${prefix}`] !== namespace)
    throw new ProtocolError(`expected a ${root} of the namespace ${namespace}`);
  const members = plain(element) as Record<string, unknown>;
  const places = Object.keys(members)
    .map((member) => order.indexOf(member))
    .filter((place) => place >= 0);
  const late = places.find((place, index) => place < (places[index - 1] ?? 0));
  if (late !== undefined) throw new ProtocolError(`${root}: ${order[late]} is out of order`);
  return members;
}

function isElement(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Without attributes and prefixes; what is empty, or nil, is an empty text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isElement(value)) return value;
  const members = Object.entries(value).filter(([name]) => !name.startsWith('@'));
  if (members.length === 0) return '';
  if (members.length === 1 && members[0]?.[0] === '#text') return members[0][1];
  return Object.fromEntries(members.map(([name, inner]) => [localName(name), plain(inner)]));
}
