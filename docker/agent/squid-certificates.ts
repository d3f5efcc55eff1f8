import { rm, writeFile } from 'node:fs/promises';
import { run } from './shell.js';

const authorityFile = '/run/inspection.pem';
const certificates = '/run/inspection-certificates';
const forger = '/usr/lib/squid/security_file_certgen';

/** What stands behind a port of squid that forges certificates. */
export const bumpingPort = `ssl-bump tls-cert=${authorityFile} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`;

/** What a squid says that ends TLS itself: servers' certificates are the connector's business. */
export const bumpingBasics = `sslcrtd_program ${forger} -s ${certificates} -M 4MB
tls_outgoing_options flags=DONT_VERIFY_PEER,DONT_VERIFY_DOMAIN
sslproxy_cert_error allow all`;

/** Gives squid the authority by which it forges, PEM, and an empty store. */
export async function prepareForging(authority: { certificate: string; key: string }): Promise<void> {
  await forgetForging();
  await writeFile(authorityFile, `${authority.certificate}${authority.key}`, { mode: 0o644 });
  await run(forger, ['-c', '-s', certificates, '-M', '4MB']);
  await run('chown', ['-R', 'proxy:proxy', certificates]);
}

/** Leaves nothing of it behind. */
export async function forgetForging(): Promise<void> {
  await rm(authorityFile, { force: true });
  await rm(certificates, { recursive: true, force: true });
}
