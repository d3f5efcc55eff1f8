import type { Attempt, Evidence } from './evidence.js';

/** Nobody's address in the internet: this machine, private networks, none at all. */
const nobodys =
  /^(0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|::1?$|f[cd][0-9a-f]{2}:|fe80:)/i;

/**
 * Names that public resolvers answer with aliases (connector-facts 4.2, row 4, and what captures show of
 * sign-in): an answer without any is of somebody else.
 */
const aliased = [
  /\.servicebus\.windows\.net$/,
  /\.(bootstrap|registration|renewtrust|updater|tunnel)\.msappproxy\.net$/,
  /^login\.(microsoftonline\.com|windows\.net)$/,
  /^(management\.azure\.com|enterpriseregistration\.windows\.net|ctldl\.windowsupdate\.com)$/,
];

/** Whether a host was looked for at an address that is not its own, as far as the answer shows. */
export function isAnsweredWrongly({ host, server, address, via }: Attempt, { answers }: Evidence): boolean {
  if (via !== undefined || address === undefined) return false;
  if (nobodys.test(address)) return true;
  return (
    aliased.some((name) => name.test(host)) &&
    answers.some(
      (answer) =>
        answer.server === server &&
        answer.name === host &&
        answer.outcome === 'ok' &&
        answer.aliases.length === 0 &&
        answer.addresses.includes(address),
    )
  );
}
