import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Endpoint } from '../../mocks/connector/probe/endpoint.js';
import { operations, type StackName, stacks } from '../../model/evidence/vocabulary.js';
import { readText, UnreadableError } from '../../model/site/read-text.js';
import type { FoundSetting } from '../probe/proxy-settings.js';
import type { Patience } from '../probe/system-stack.js';
import { UsageError } from './usage-error.js';

const kind = { is: 'a file of endpoints', ending: '.json', most: 1 };

const endpointSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, hostname: /^[\w.-]+$/ }),
  operation: z.enum(operations),
  stack: z.enum(stacks).default('service'),
  websocket: z.literal(true).optional(),
  assumed: z.literal(true).optional(),
});

const certificates = z.array(z.string().refine(isCertificate, 'a certificate in PEM')).max(1000);
const settingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct') }),
  z.strictObject({
    kind: z.literal('proxy'),
    host: z.string().regex(/^[\w.-]+$/),
    port: z.int().min(1).max(65_535),
    bypass: z.array(z.string()).max(1000).default([]),
  }),
  z.strictObject({ kind: z.literal('pac'), text: z.string().max(1_000_000) }),
]);

const milliseconds = z.int().min(1).max(600_000);

const endpointsSchema = z.strictObject({
  endpoints: z.array(endpointSchema).min(1).max(1000),
  /** PEM; trusted in place of those of the machine. */
  authorities: certificates.optional(),
  /** PEM; trusted besides, by this machine alone. */
  trusted: certificates.optional(),
  /** What single stacks are told of proxies; the others are told what the command line or the machine says. */
  proxies: z.partialRecord(z.enum(stacks), settingSchema).optional(),
  /** How long is waited, milliseconds: a lab is as slow as the computer that it is on. */
  patience: z.strictObject({ connect: milliseconds, silence: milliseconds }).optional(),
});

/** What is to be tried in place of the service's hosts, and by which ways. */
export interface GivenEndpoints {
  endpoints: readonly Endpoint[];
  authorities?: readonly string[];
  trusted?: readonly string[];
  proxies?: Readonly<Partial<Record<StackName, FoundSetting>>>;
  patience?: Patience;
}

/** @throws UsageError */
export async function readEndpoints(file: string): Promise<GivenEndpoints> {
  let value: unknown;
  try {
    value = JSON.parse(await readText(file, kind));
  } catch (error) {
    const { message } = error as Error;
    const words = error instanceof UnreadableError ? message : `is not JSON: ${message.slice(0, 200)}`;
    throw new UsageError(`${file}: ${words}`, { cause: error });
  }
  const parsed = endpointsSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${file}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
  }
  return parsed.data as GivenEndpoints;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}
