import { inspectionRules } from '../../../../model/policy/inspection.js';
import { entryRegex } from '../../../../model/policy/match-host.js';
import { explainByList } from '../../../../model/policy/rule-list.js';
import { inspectionPort } from '../../ports.js';
import { bumpingBasics, bumpingPort, forgetForging, prepareForging } from '../../squid-certificates.js';
import { readWitnessLabel, SquidProcess, squidBasics, witnessLabel } from '../../squid-process.js';
import type { InspectorProduct, ProductOptions } from './product.js';

/** squid: peeks at the name, then splices what is exempt and bumps the rest. */
export async function startSquidInspector(options: ProductOptions): Promise<InspectorProduct> {
  const { settings, certificate, key, resolver, onDecision } = options;
  const listed = inspectionRules(settings);
  const squid = new SquidProcess((line) => {
    const [from = '', fromPort, name = '', label = ''] = line.split(' ');
    const decision = explainByList(listed, readWitnessLabel(label), { host: name, port: 443 });
    if (decision) onDecision({ from, fromPort: Number(fromPort), name, ...decision });
  });
  await prepareForging({ certificate, key });
  const acls: string[] = [];
  const rules: string[] = [];
  for (const [index, { action, name, hosts }] of listed.entries()) {
    const rule = `rule${index}`;
    if (hosts) acls.push(`acl ${rule} ssl::server_name_regex -i ${hosts.map(entryRegex).join(' ')}`);
    acls.push(`acl ${rule}_seen external seen ${witnessLabel(name)}`);
    rules.push(`ssl_bump ${action === 'bypass' ? 'splice' : 'bump'} ${hosts ? `${rule} ` : ''}${rule}_seen`);
  }
  const configuration = `http_port 127.0.0.1:3129
https_port 0.0.0.0:${inspectionPort} intercept ${bumpingPort}
${bumpingBasics}
${squidBasics('%SRC %SRCPORT %ssl::>sni %DATA')}
dns_nameservers ${resolver}
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
      await forgetForging();
    },
  };
}
