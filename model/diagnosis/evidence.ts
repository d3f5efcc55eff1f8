import { z } from 'zod';
import { recordedAccount } from '../evidence/account.js';
import { facts, operations, pages, resultNames, stacks, windowsServices } from '../evidence/vocabulary.js';

/**
 * What a connector server alone can see of its network: the one input of a diagnosis. Nothing in it comes
 * from a device on the way. A lab's log is made into it, and `probe` writes it.
 */
export const evidenceSchemaName = 'connector-lab/evidence@1';

/** Longest word or sentence of it, characters. */
const longest = 2000;
const text = z.string().max(longest);
const id = z.string().max(100);
const port = z.int().min(0).max(65_535);
const account = recordedAccount;
const stack = z.enum(stacks);
const outcome = z.enum(resultNames);
const few = 100;
/** Observations of one kind: a lab of 50 servers makes a tenth of it. */
const most = 200_000;

const attemptSchema = z.strictObject({
  id,
  server: text,
  operation: z.enum(operations),
  /** What for, in words. */
  purpose: text,
  account,
  stack,
  host: text,
  port,
  /** The proxy that the attempt went through, `host:port`, or its name alone where that did not resolve; absent: none. */
  via: text.optional(),
  /** Which of its connections it used; one can serve several attempts. */
  connection: id.optional(),
  /** Address that it was connected to, or would have been. */
  address: text.optional(),
  /** TCP was connected, to the proxy where one was used. */
  connected: z.boolean().optional(),
  outcome,
  status: z.int().optional(),
  /** Time spent waiting for what did not come, milliseconds. */
  waitedMs: z.number().optional(),
  /** The attempt that made this one fail, where it was another one. */
  because: id.optional(),
  /** What the other end said, or what is wrong with what it showed; never why a connection failed. */
  said: text.optional(),
  /** The TLS handshake in it. */
  shown: z
    .strictObject({
      version: text.optional(),
      /** From the leaf upwards. */
      chain: z.array(z.strictObject({ subject: text, issuer: text, notAfter: text })).max(few),
      clientCertificate: z.enum(['sent', 'none']).optional(),
    })
    .optional(),
});

const answerSchema = z.strictObject({
  id,
  server: text,
  account: account.optional(),
  stack: stack.optional(),
  name: text,
  /** Aliases that the answer went through, in order. */
  aliases: z.array(text).max(few),
  addresses: z.array(text).max(few),
  outcome: z.enum(['ok', 'dns-nxdomain', 'dns-timeout']),
});

export const evidenceSchema = z.strictObject({
  schema: z.literal(evidenceSchemaName),
  attempts: z.array(attemptSchema).max(most),
  answers: z.array(answerSchema).max(most),
  operations: z
    .array(
      z.strictObject({
        id,
        server: text,
        operation: z.enum(operations),
        outcome,
        /** What was missing, of an operation that was not attempted. */
        prerequisite: text.optional(),
        said: text.optional(),
      }),
    )
    .max(most),
  /** Facts of the server that the installer or a service compares with what it needs. */
  facts: z
    .array(
      z.strictObject({
        id,
        server: text,
        fact: z.enum(facts),
        found: text,
        needed: text,
        met: z.boolean(),
      }),
    )
    .max(most),
  services: z
    .array(
      z.strictObject({
        id,
        server: text,
        service: z.enum(windowsServices),
        state: z.enum(['running', 'stopped']),
      }),
    )
    .max(most),
  /** What users' browsers showed. */
  pages: z.array(z.strictObject({ id, url: text, page: z.enum(pages), status: z.int() })).max(most),
  /** Users' connections to private resources. */
  accesses: z
    .array(z.strictObject({ id, host: text, port, protocol: z.enum(['tcp', 'udp']), outcome }))
    .max(most),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Attempt = Evidence['attempts'][number];
export type Answer = Evidence['answers'][number];
