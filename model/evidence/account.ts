import { z } from 'zod';
import { accounts, type OwnAccount } from './vocabulary.js';

/** Domain and name, as Windows writes them. */
export const ownAccountPattern = /^[\p{L}\p{N}][\p{L}\p{N}.-]{0,62}\\[\p{L}\p{N}_][\p{L}\p{N}._-]{0,62}\$?$/u;

const ownAccount = z.string().regex(ownAccountPattern) as z.ZodType<OwnAccount, OwnAccount>;

/** An account in a line of evidence or a result. */
export const recordedAccount = z.union([z.enum(accounts), ownAccount]);
