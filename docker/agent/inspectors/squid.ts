import { rm, writeFile } from 'node:fs/promises';
import { inspectionPort } from '../ports.js';
import { run } from '../shell.js';
import { readWitnessLabel, SquidProcess, squidBasics, witnessLabel } from '../squid-process.js';
import type { InspectorProduct, ProductOptions } from './product.js';

const authorityFile = '/run/inspection.pem';
const certificates = '/run/inspection-certificates';

/** squid: peeks at the name, then splices what is exempt and bumps the rest. */
export async function startSquidInspector(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, resolver, onDecision } = options;
  const squid = new SquidProcess((line) => {
    const [from = '', fromPort, name = '', label = ''] = line.split(' ');
    const rule = readWitnessLabel(label);
    const action = rule.startsWith('inspect') ? 'inspect' : 'bypass';
    onDecision({ from, fromPort: Number(fromPort), name, action, rule });
  });
  await writeFile(authorityFile, `${certificate}${key}`, { mode: 0o644 });
  await rm(certificates, { recursive: true, force: true });
  await run('/usr/lib/squid/security_file_certgen', ['-c', '-s', certificates, '-M', '4MB']);
  await run('chown', ['-R', 'proxy:proxy', certificates]);
  const acls: string[] = [];
  const rules: string[] = [];
  const add = (verb: 'splice' | 'bump', pattern: string | undefined, rule: string) => {
    const name = `rule${rules.length}`;
    if (pattern)
      acls.push(`acl ${name} ssl::server_name ${pattern.startsWith('*.') ? pattern.slice(1) : pattern}`);
    acls.push(`acl ${name}_seen external seen ${witnessLabel(rule)}`);
    rules.push(`ssl_bump ${verb} ${pattern ? `${name} ` : ''}${name}_seen`);
  };
  for (const pattern of settings.except) add('splice', pattern, `except ${pattern}`);
  for (const pattern of settings.only ?? []) add('bump', pattern, `inspect ${pattern}`);
  if (settings.only) add('splice', undefined, 'not in only');
  else add('bump', undefined, 'inspect *');
  const configuration = `http_port 127.0.0.1:3129
https_port 0.0.0.0:${inspectionPort} intercept ssl-bump tls-cert=${authorityFile} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB
sslcrtd_program /usr/lib/squid/security_file_certgen -s ${certificates} -M 4MB
${squidBasics('%SRC %SRCPORT %ssl::>sni %DATA')}
dns_nameservers ${resolver}
tls_outgoing_options flags=DONT_VERIFY_PEER,DONT_VERIFY_DOMAIN
sslproxy_cert_error allow all
host_verify_strict off
${settings.websocket === 'pass' ? 'http_upgrade_request_protocols OTHER allow all' : ''}
acl first at_step SslBump1
ssl_bump peek first
${acls.join('\n')}
${rules.join('\n')}
http_access allow all
`;
  await squid.start(configuration, { address: '127.0.0.1', port: 3129 });
  return {
    settle: () => squid.settle(),
    stop: async () => {
      await squid.stop();
      await rm(authorityFile, { force: true });
      await rm(certificates, { recursive: true, force: true });
    },
  };
}
