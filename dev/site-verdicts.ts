import { rowId } from '../model/requirements/documented-host.js';
import { documentedHosts } from '../model/requirements/documented-hosts.js';

/** What `check` must say of a site: that everything works, or exactly these requirements are broken. */
export type SiteVerdict = 'works' | readonly string[];

const rows = documentedHosts('public');
const port80 = [
  'ports/outbound-80',
  ...['hosts/revocation', 'hosts/registration-http'],
  ...rows.filter(({ port }) => port === 80).map(rowId),
];
const service = ['hosts/*.msappproxy.net/443', 'hosts/*.servicebus.windows.net/443'];
const port443 = [
  ...['ports/outbound-443', 'hosts/service', 'hosts/registration'],
  ...rows.filter(({ port }) => port === 443).map(rowId),
];
const everything = [...port80, ...port443];

/** The right verdict on every file of `scenarios/sites`, by its name. */
export const siteVerdicts: Readonly<Record<string, SiteVerdict>> = {
  'accounts-allowed-by-name': ['ports/service-account'],
  'application-rules-too-late': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'application-leads-back': ['server/reaches-application'],
  'application-on-server': ['server/reaches-application'],
  'application-closed-at-host': ['server/reaches-application'],
  'branch-centre-cloud': [
    ...['hosts/service', 'hosts/suffix-rules', 'hosts/*.servicebus.windows.net/443'],
    'hidden/idle-timeout',
  ],
  'bypass-too-wide': ['hidden/proxy-for-every-stack'],
  'contoso-headquarters': 'works',
  documented: 'works',
  'exclusions-of-one-label': ['tls/no-inspection'],
  'firewall-other-resolver': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'firewall-restarted': everything,
  'group-without-connectors': ['groups/serve-assigned-apps'],
  'hosts-file-left-over': ['hosts/revocation', 'hosts/ocsp.digicert.com/80', 'server/reaches-application'],
  'https-applications': ['server/reaches-application'],
  'licence-ended': ['tenant/premium-p1'],
  'names-blocked': ['hosts/registration', 'hosts/*.msauthimages.net/443'],
  'one-label-wildcards': ['hosts/service', 'hosts/suffix-rules', ...service],
  'own-account-forgotten': ['ports/service-account'],
  'p01-relay-inspected': ['tls/no-inspection'],
  'p01-tls-inspection': ['tls/no-inspection'],
  'p02-port-80-closed': port80,
  'p03-proxy-one-stack': ['hidden/proxy-for-every-stack'],
  'p03-tunnel-goes-direct': ['hidden/proxy-for-every-stack'],
  'p04-authenticating-proxy': ['hidden/proxy-no-authentication'],
  'p04-ntlm-proxy': ['hidden/proxy-no-authentication'],
  'p05-wpad': ['hidden/proxy-for-every-stack'],
  'p06-service-account': ['ports/service-account'],
  'p07-sign-in-page': ['hosts/registration', 'hosts/*.msftauth.net/443'],
  'p08-port-test-passes': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'p08-some-host-open': ['hosts/service', ...service],
  'p09-hosts-from-a-trace': ['hosts/service', 'hosts/suffix-rules', 'hosts/*.servicebus.windows.net/443'],
  'p10-last-weeks-ranges': ['hosts/service', 'hosts/suffix-rules', 'hosts/*.msappproxy.net/443'],
  'p10-one-region-of-azure': ['hosts/service', 'hosts/suffix-rules', 'hosts/*.msappproxy.net/443'],
  'p11-internal-zone': ['hosts/service', 'hosts/*.msappproxy.net/443'],
  'p11-short-names': ['access/quick-access'],
  'p12-tls-1-1': ['hidden/tls12'],
  'p13-roots-missing': [
    ...['hosts/registration', 'hosts/registration-http'],
    ...['hosts/ctldl.windowsupdate.com/443', 'hosts/ctldl.windowsupdate.com/80'],
  ],
  'p14-idle-timeout': ['hidden/idle-timeout'],
  'p15-renewal-blocked': [
    ...['hosts/service', 'hosts/suffix-rules', 'hosts/*.msappproxy.net/443'],
    'hidden/certificate-renewal',
  ],
  'p16-relay-ports-dropped': 'works',
  'p17-green-but-silent': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'p18-domain-itself': [
    'hosts/registration',
    ...['hosts/login.windows.net/443', 'hosts/management.azure.com/443'],
  ],
  'p19-updater-without-proxy': ['hidden/proxy-for-every-stack'],
  'p20-clock-slow': ['hidden/clock'],
  'p22-wrong-cloud': ['cloud/government-parameter'],
  'p23-ipv6-dead': 'works',
  'p24-large-packets-vanish': ['hidden/path-mtu'],
  'p25-upgrade-removed': ['tls/no-inspection', 'hidden/websocket-upgrade'],
  'p26-relay-recycled': 'works',
  'p27-proxy-without-scheme': ['hidden/proxy-for-every-stack'],
  'p28-path-as-host': [
    ...['hosts/registration', 'hosts/registration-http'],
    ...['hosts/www.microsoft.com/pkiops/443', 'hosts/www.microsoft.com/pkiops/80'],
  ],
  'p30-nat-ports': ['hidden/nat-ports'],
  'pac-fails-over': 'works',
  'pac-sends-direct': ['hidden/proxy-for-every-stack'],
  'proxy-behind-proxy': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'proxy-block-page': [
    ...['hosts/service', 'hosts/*.servicebus.windows.net/443', 'hosts/revocation'],
    ...['hosts/crl3.digicert.com/80', 'hosts/crl4.digicert.com/80'],
  ],
  'proxy-block-page-in-tunnel': ['hosts/service', 'hosts/*.servicebus.windows.net/443'],
  'proxy-inspects': ['tls/no-inspection'],
  'proxy-cannot-go-on': [
    ...['hosts/revocation', 'hosts/registration', 'hosts/registration-http', 'hosts/crl3.digicert.com/80'],
    ...['hosts/login.windows.net/443', 'hosts/enterpriseregistration.windows.net/443'],
    ...['hosts/management.azure.com/443', 'hosts/policykeyservice.dc.ad.msft.net/443'],
    ...['hosts/ctldl.windowsupdate.com/443', 'hosts/ctldl.windowsupdate.com/80'],
  ],
  'registered-without-role': ['tenant/registering-administrator'],
  'registration-host-closed': ['hosts/registration', 'hosts/enterpriseregistration.windows.net/443'],
  'resource-closed': ['access/quick-access'],
  'rules-by-source': 'works',
  'second-server-asks-another-resolver': ['server/reaches-application'],
  'second-server-forgotten': everything,
  'service-suffixes-only': everything.filter(
    (id) => !['ports/outbound-443', 'hosts/service', ...service].includes(id),
  ),
  'several-hosts-in-a-rule': 'works',
  'strange-and-healthy': 'works',
  'three-mistakes': [
    ...['ports/service-account', 'hosts/service', 'hosts/revocation', 'hosts/suffix-rules'],
    ...['hosts/*.servicebus.windows.net/443', 'hosts/ocsp.digicert.com/80'],
  ],
  'updater-stopped': ['server/services-running'],
  // Made of customers' files (stories.ts).
  'azure-classic-rules': [
    'hosts/*.msauthimages.net/443',
    'hosts/registration',
    'hosts/policykeyservice.dc.ad.msft.net/443',
  ],
  'azure-denied-before': ['hosts/*.servicebus.windows.net/443', 'hosts/service'],
  'p01-squid-reads-tunnels': ['tls/no-inspection'],
  'p02-nftables': port80,
  'p02-packet-filter': port80,
  'p02-squid-safe-ports': port80.filter((id) => id !== 'ports/outbound-80'),
  'p03-pac-past-the-proxy': ['hidden/proxy-for-every-stack'],
  'p04-squid-asks-everybody': ['hidden/proxy-no-authentication'],
  'p07-squid-sign-in-page': ['hosts/*.msftauth.net/443', 'hosts/registration'],
  'p09-squid-from-a-trace': ['hosts/*.servicebus.windows.net/443', 'hosts/service', 'hosts/suffix-rules'],
  'p10-azure-without-port-80': port80,
  'p11-hosts-file': [
    'hosts/ocsp.digicert.com/80',
    'hosts/revocation',
    'hosts/login.windows.net/443',
    'hosts/registration',
  ],
  'p13-squid-no-updates': [
    'hosts/ctldl.windowsupdate.com/443',
    'hosts/registration',
    'hosts/ctldl.windowsupdate.com/80',
    'hosts/registration-http',
  ],
  'p13-table-denies-first': [
    ...['hosts/revocation', 'hosts/crl3.digicert.com/80', 'hosts/crl4.digicert.com/80'],
    'hosts/ocsp.digicert.com/80',
  ],
  'p15-table-one-label': ['hosts/*.msappproxy.net/443', 'hosts/service', 'hosts/suffix-rules'],
  'p17-table-without-relays': ['hosts/*.servicebus.windows.net/443', 'hosts/service'],
  'p18-table-of-subdomains': ['hosts/management.azure.com/443', 'hosts/registration'],
  'pac-retired-proxy': ['hidden/proxy-for-every-stack'],
  'squid-list-in-a-file': ['hosts/ocsp.digicert.com/80', 'hosts/revocation'],
  'squid-tunnels-elsewhere': port443.filter((id) => id !== 'ports/outbound-443'),
};
