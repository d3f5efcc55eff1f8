import { z } from 'zod';
import { JsonError, parseJson } from '../../evidence/bounded-json.js';
import { upTo } from '../../evidence/cut.js';
import { shortLine } from '../../evidence/short-text.js';
import type { Environment } from '../../requirements/documented-host.js';
import { nearest } from '../../requirements/nearest.js';
import { rangeOf } from '../address-range.js';
import { notAddress } from '../address-words.js';
import { pathInWords } from '../path-words.js';
import { type Intervals, unionOf } from './intervals.js';
import { nearestTag } from './tag-names.js';

/** A file that is no list of service tags, or one of another cloud; the message says where and what. */
export class WrongListError extends Error {
  override readonly name = 'WrongListError';

  constructor(message: string, options?: ErrorOptions) {
    super(shortLine(message), options);
  }
}

/** The published one has some 100,000 prefixes. */
const bounds = { length: 32 * 1024 * 1024, depth: 20, values: 2_000_000 };

/** Looked at by hand: a list has a hundred thousand. */
function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** What Microsoft publishes; older files lack what newer ones have beside it. */
const shape = z.looseObject({
  changeNumber: z.number().optional(),
  cloud: z.string(),
  values: z
    .array(
      z.looseObject({
        name: z.string(),
        properties: z.looseObject({
          addressPrefixes: z.custom<readonly string[]>(isTexts, 'is not a list of networks'),
        }),
      }),
    )
    .min(1),
});

const clouds: Readonly<Record<Environment, { cloud: string; file: string }>> = {
  public: { cloud: 'Public', file: 'ServiceTags_Public_*.json' },
  'us-government': { cloud: 'AzureGovernment', file: 'ServiceTags_AzureGovernment_*.json' },
};

/** A week's service tags and their ranges, as Microsoft publishes them. */
export class PublishedList {
  readonly #prefixes: ReadonlyMap<string, readonly string[]>;
  readonly #written = new Map<string, Intervals>();
  readonly #merged = new Map<string, Intervals>();

  private constructor(
    { values }: z.infer<typeof shape>,
    /** The day from which it is; undefined: nobody said so. */
    readonly date: string | undefined,
    /** By which words call it: `the list of 2025-07-28`. */
    readonly title: string,
  ) {
    this.#prefixes = new Map(
      values.map(({ name, properties }) => [name.toLowerCase(), properties.addressPrefixes]),
    );
    this.names = values.map(({ name }) => name);
  }

  readonly names: readonly string[];

  /** @throws WrongListError */
  static of(value: unknown, environment: Environment, date?: string): PublishedList {
    const { data, error } = shape.safeParse(value);
    if (!data) throw new WrongListError(wrongShape(error, value));
    const { cloud, file } = clouds[environment];
    if (data.cloud.toLowerCase() !== cloud.toLowerCase())
      throw new WrongListError(
        `cloud: is the list of "${shortLine(data.cloud, 60)}", and the site is in the cloud "${cloud}"; take ${file}`,
      );
    const title = date === undefined ? `list with change number ${data.changeNumber}` : `list of ${date}`;
    return new PublishedList(data, date, `the ${title}`);
  }

  has(tag: string): boolean {
    return this.#prefixes.has(tag.toLowerCase());
  }

  /** The tag of the list that a text was meant to name, if any is near enough. */
  nearest(text: string): string | undefined {
    return nearestTag(text, [], this.names);
  }

  /** IPv4 addresses of a tag; undefined: the list has no such tag. @throws WrongListError */
  addressesOf(tag: string): Intervals | undefined {
    const key = tag.toLowerCase();
    const known = this.#merged.get(key);
    if (known || !this.has(key)) return known;
    const merged = unionOf(this.prefixesOf(key));
    this.#merged.set(key, merged);
    return merged;
  }

  /** The same as the list has them, in order, each by itself. @throws WrongListError */
  prefixesOf(tag: string): Intervals {
    const key = tag.toLowerCase();
    const known = this.#written.get(key);
    if (known) return known;
    const written = (this.#prefixes.get(key) ?? [])
      .flatMap((text, index) => prefixOf(text, key, index))
      .sort(([a], [b]) => a - b);
    this.#written.set(key, written);
    return written;
  }
}

/** Text of a file as a list. `date`: where the file's name or the site says it. @throws WrongListError */
export function readPublishedList(text: string, environment: Environment, date?: string): PublishedList {
  return PublishedList.of(jsonOf(text), environment, date);
}

/** Addresses as numbers; nothing for IPv6, which no network of the lab has. */
export function intervalOf(text: string): readonly [number, number] | undefined {
  const range = rangeOf(text);
  return range?.first.length === 4 ? [numberOf(range.first), numberOf(range.last)] : undefined;
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function prefixOf(text: string, tag: string, index: number): (readonly [number, number])[] {
  // A third of a list is IPv6, which takes the parser long and is nothing to a lab.
  if (/^(?:[\da-f]+:|::)[\da-f:]*\/\d{1,3}$/i.test(text)) return [];
  const interval = intervalOf(text);
  if (interval) return [interval];
  const wrong = notAddress(text);
  if (wrong !== undefined) throw new WrongListError(`"${tag}", addressPrefixes[${index}]: ${wrong}`);
  return [];
}

function jsonOf(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') throw new WrongListError('is empty');
  const begin = bare.trimStart().slice(0, 1);
  if (begin === '<')
    throw new WrongListError(
      'is a web page or XML, not JSON; take the file that the page offers for download',
    );
  try {
    return parseJson(bare, bounds);
  } catch (error) {
    if (!(error instanceof JsonError) || error.cause === undefined)
      throw new WrongListError((error as Error).message, { cause: error });
    throw new WrongListError(notJson(bare, (error.cause as Error).message), { cause: error });
  }
}

/** Where it ends or goes wrong, in words. */
function notJson(text: string, message: string): string {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  const at = position === undefined ? text.length : Number(position);
  const lines = text.slice(0, at).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  if (at >= text.trimEnd().length)
    return `is cut off: it ends in ${place}, in the middle of the list; download it again`;
  return `is not JSON: ${place}: ${upTo(' in JSON', upTo(' at position', message))}`;
}

function wrongShape(error: z.ZodError | undefined, value: unknown): string {
  const [issue] = error?.issues ?? [];
  const path = issue?.path ?? [];
  const place = path.length === 0 ? '' : `${pathInWords(path)}: `;
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => Object(inner)[key], value);
  const found = path.length === 0 ? value : Object(parent)[path.at(-1) ?? ''];
  if (found === undefined) {
    const near = nearest(String(path.at(-1)), Object.keys(Object(parent)));
    const hint = near === undefined ? '' : `; it has "${near}" in its place`;
    return `${place}is missing${hint}; a list has cloud, values, and each its name and properties.addressPrefixes`;
  }
  return `${place}${issue?.message ?? 'is not a list of service tags'}`;
}
