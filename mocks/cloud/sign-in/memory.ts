import { randomInt } from 'node:crypto';
import type { Clock } from '../../network.js';
import type { Authority, User } from './accounts.js';
import type { Client } from './clients.js';
import type { GrantedScope } from './scopes.js';
import { ShortLived } from './short-lived.js';
import type { Grant } from './tokens.js';

const minute = 60_000;
const day = 1440 * minute;

/** Where a sign-in leads to: back to a program's address, or to a device that waits. */
export type Purpose =
  | {
      kind: 'redirect';
      redirect: URL;
      responseTypes: readonly ('code' | 'id_token')[];
      responseMode: 'query' | 'fragment' | 'form_post';
      state?: string;
      nonce?: string;
      /** Of the code's verifier (RFC 7636). */
      challenge?: { method: 'S256' | 'plain'; value: string };
    }
  | { kind: 'device'; device: DeviceSignIn };

/** Somebody is at the sign-in page. */
export interface UnderWay {
  authority: Authority;
  client: Client;
  scope: GrantedScope;
  purpose: Purpose;
  /** Name and password were right. */
  user?: User;
  /** What the second factor's host gave for a confirmation. */
  proof?: string;
}

export interface CodeGiven {
  grant: Grant;
  redirect: URL;
  challenge?: { method: 'S256' | 'plain'; value: string };
  redeemed: boolean;
}

/** A device waits until somebody signs in for it elsewhere (RFC 8628). */
export interface DeviceSignIn {
  client: Client;
  scope: GrantedScope;
  authority: Authority;
  state: 'pending' | 'declined' | { user: User };
}

/** Everything that the sign-in service has under way. Lifetimes are the documented defaults. */
export class SignInMemory {
  readonly underWay: ShortLived<UnderWay>;
  readonly codes: ShortLived<CodeGiven>;
  readonly refreshTokens: ShortLived<Grant>;
  readonly devices: ShortLived<DeviceSignIn>;
  readonly userCodes: ShortLived<DeviceSignIn>;

  constructor(clock: Clock) {
    this.underWay = new ShortLived(clock, 60 * minute);
    this.codes = new ShortLived(clock, 10 * minute);
    this.refreshTokens = new ShortLived(clock, 90 * day);
    this.devices = new ShortLived(clock, 15 * minute);
    this.userCodes = new ShortLived(clock, 15 * minute);
  }
}

/** Nine letters and digits that are hard to confuse, for people to type. */
export function newUserCode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 9 }, () => letters[randomInt(letters.length)]).join('');
}
