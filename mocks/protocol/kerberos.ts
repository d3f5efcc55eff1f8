/**
 * A Kerberos ticket for a web server, as it goes with each request: the words of HTTP are real (RFC 4559), the
 * ticket names its service and is signed by nobody. The lab has no domain controller.
 */
export const negotiate = 'Negotiate';

export function ticketFor(url: URL): string {
  return `${negotiate} ${Buffer.from(JSON.stringify({ service: `http/${url.hostname}` })).toString('base64')}`;
}

/** Whether it is a ticket for the web server of that name. */
export function isTicketFor(host: string, authorization: string | undefined): boolean {
  const [scheme, ticket = ''] = (authorization ?? '').split(' ');
  if (scheme !== negotiate) return false;
  try {
    const read: unknown = JSON.parse(Buffer.from(ticket, 'base64').toString());
    return typeof read === 'object' && read !== null && 'service' in read && read.service === `http/${host}`;
  } catch {
    return false;
  }
}
