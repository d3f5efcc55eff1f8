import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGiven } from '../../harness/cli/read-evidence.js';
import { packetsIn } from '../../harness/cli/tshark-fields.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { CaptureReader } from '../../model/diagnosis/from-capture.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { importers } from '../../model/import/index.js';
import { pacAnswer } from '../../model/pac/pac-answer.js';
import { edited } from '../../model/patch/edit.js';
import { patchers } from '../../model/patch/index.js';
import type { Ask, Patcher } from '../../model/patch/patcher.js';
import { parseSite } from '../../model/site/read.js';
import { readPublishedList } from '../../model/site/service-tags/published-list.js';
import { publishedText } from '../../model/site/service-tags/testing.js';
import { readExpectedFailures } from '../../model/verdict/read-expected.js';
import { readLog } from '../../model/verdict/read-log.js';
import { readResultsFile } from '../../model/verdict/read-results.js';
import { sample } from '../../model/verdict/sample/sample.js';

/** Whatever reads what others wrote. */
export interface Parser {
  name: string;
  /** Texts that it takes. */
  good: readonly string[];
  /** What it may throw; anything else is a crash. */
  throws?: string;
  /** What one text may take of processors, seconds; absent: two. */
  mostSeconds?: number;
  parse(text: string): unknown;
}

const pac = `function FindProxyForURL(url, host) {
  var list = ["*.contoso.test", "*.windows.net"];
  for (var i = 0; i < list.length; i++) if (shExpMatch(host, list[i])) return "DIRECT";
  if (isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0") || isPlainHostName(host)) return "DIRECT";
  return /^a.*z$/.test(host) ? "DIRECT" : "PROXY proxy.contoso.test:8080; DIRECT";
}
`;

const imports: readonly string[] = [
  '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:web - [0:0]\n-A FORWARD -m set --match-set ms dst -j web\n-A web -d 10.0.0.0/8 -p tcp -m multiport --dports 80,443,8000:8100 -m comment --comment "a \\"b\\"" -j ACCEPT\nCOMMIT\n',
  'table inet fw {\n  set ms { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 20.33.0.0/16 } }\n  chain forward {\n    type filter hook forward priority 0; policy drop;\n    ip daddr @ms tcp dport { 80, 443 } counter accept comment "x"\n    meta skuid 33 jump other\n  }\n  chain other { tcp dport vmap { 80 : accept, 443 : drop } }\n}\n',
  '{"nftables":[{"table":{"family":"inet","name":"fw"}},{"chain":{"family":"inet","table":"fw","name":"f","type":"filter","hook":"forward","prio":0,"policy":"drop"}},{"rule":{"family":"inet","table":"fw","chain":"f","expr":[{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":443}},{"accept":null}]}}]}',
  'host;port\n*.msappproxy.net;443\n"a ""b"".test";80,443\n',
  '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules]\n"a"="v2.31|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|Name=x|"\n',
  '[{"DisplayName":"x","Direction":"Outbound","Action":"Block","Enabled":"True","Protocol":"TCP","RemotePort":"443","RemoteAddress":"Any","Program":"Any","Service":"Any"}]',
  '{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","parameters":{"n":{"defaultValue":"x"}},"resources":[{"type":"Microsoft.Network/firewallPolicies/ruleCollectionGroups","name":"[concat(parameters(\'n\'), \'/g\')]","properties":{"priority":100,"ruleCollections":[{"ruleCollectionType":"FirewallPolicyFilterRuleCollection","action":{"type":"Allow"},"priority":1,"rules":[{"ruleType":"ApplicationRule","protocols":[{"protocolType":"Https","port":443}],"targetFqdns":["*.msappproxy.net"],"sourceAddresses":["*"]}]}]}}]}',
  'config system zone\n    edit "servers"\n        set interface "port2"\n    next\nend\nconfig firewall address\n    edit "ms"\n        set type fqdn\n        set fqdn "*.msappproxy.net"\n    next\n    edit "net"\n        set subnet 20.33.0.0 255.255.0.0\n    next\nend\nconfig firewall addrgrp\n    edit "all ms"\n        set member "ms" "net"\n    next\nend\nconfig firewall service custom\n    edit "web"\n        set tcp-portrange 80 443:1024-65535\n    next\nend\nconfig firewall policy\n    edit 1\n        set srcintf "servers"\n        set dstintf "any"\n        set action accept\n        set srcaddr "all"\n        set dstaddr "all ms"\n        set schedule "always"\n        set service "web"\n        set comments "a \\"b\\""\n    next\nend\n',
  'set address ms fqdn login.microsoftonline.com\nset address net ip-netmask 20.33.0.0/16\nset address-group g static [ ms net ]\nset service web protocol tcp port 80,8000-8100\nset profiles custom-url-category c list [ *.msappproxy.net/ ]\nset rulebase security rules "a b" from any\nset rulebase security rules "a b" to any\nset rulebase security rules "a b" source any\nset rulebase security rules "a b" destination g\nset rulebase security rules "a b" service [ web service-https ]\nset rulebase security rules "a b" application any\nset rulebase security rules "a b" action allow\n',
  '<?xml version="1.0"?><configuration><system.net><defaultProxy enabled="true"><proxy proxyaddress="http://proxy.contoso.test:8080" bypassonlocal="true"/><bypasslist><add address="[a-z]+\\.contoso\\.test$"/></bypasslist></defaultProxy></system.net></configuration>',
  'Current WinHTTP proxy settings:\n\n    Proxy Server(s) :  proxy.contoso.test:8080\n    Bypass List     :  *.contoso.test;<local>\n',
  'http_port 3128\nvisible_hostname proxy.contoso.test\nauth_param negotiate program /usr/lib/squid/helper -k x\nacl ms dstdomain .msappproxy.net "/etc/squid/more.txt"\nacl SSL_ports port 443 1-100\nacl CONNECT method CONNECT\nhttp_access deny CONNECT !SSL_ports\nhttp_access allow ms all\nhttp_access deny all\ncache_peer parent.contoso.test parent 3128 0 login=a:b\nnever_direct allow all\n',
  '127.0.0.1 localhost\n198.18.130.20 intranet.contoso.test intranet # moved\n',
  pac,
];

/** A connection, a name and a message of ICMP, as tshark tells them. */
const captured = [
  '1780000000.1\t192.0.2.10\t192.0.2.53\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t7\tlogin.windows.net\t1\t0\t0\t\t\t',
  '1780000000.2\t192.0.2.53\t192.0.2.10\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t7\tlogin.windows.net\t1\t1\t0\ta.test\t20.190.1.1\t',
  '1780000000.3\t192.0.2.10\t20.190.1.1\t50001\t443\t0\t1\t0\t0\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t',
  '1780000000.4\t20.190.1.1\t192.0.2.10\t443\t50001\t0\t1\t1\t0\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t',
  '1780000000.5\t192.0.2.10\t20.190.1.1\t50001\t443\t0\t0\t1\t0\t517\t1\tlogin.windows.net\t\t\t\t\t\t\t\t\t\t\t\t\t\t',
  '1780000000.6\t192.0.2.10\t20.190.1.2\t50002\t80\t1\t1\t0\t0\t0\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t',
  '1780000000.7\t192.0.2.1,192.0.2.10\t192.0.2.10,20.190.1.2\t50002\t80\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t3',
].join('\n');

/** What a file could be asked to open. */
function askOf({ kinds: [kind = ''] }: Patcher): Ask {
  const closed = { closedAt: [2, 7], byDefault: true };
  return {
    request: {
      ...{ kind, device: 'edge-firewall', decidedBy: ['edge-firewall'], reasons: [], servers: [] },
      ...{ rules: ['hosts 198.18.130.20 intranet'], accounts: [], stacks: [], operations: [], targets: [] },
      requirements: [],
    },
    places: [
      { host: '*.msappproxy.net', port: 443, ...closed },
      { host: '10.0.0.5', port: 80, ...closed, closedAt: [] },
    ],
    ...{ side: 'edge', given: { byPort: true } },
  };
}

/** Every parser of the product. `folder`: for those that read files. */
export async function parsersIn(root: string, folder: string): Promise<Parser[]> {
  const sites = join(root, 'scenarios/sites');
  const names = (await readdir(sites)).filter((name) => name.endsWith('.yaml')).sort();
  const siteTexts = await Promise.all(names.map((name) => readFile(join(sites, name), 'utf8')));
  const { results, events } = sample();
  const examples = [
    ...imports,
    publishedText(),
    await readFile(join(root, 'docs/examples/edge.rules'), 'utf8'),
  ];
  const asFile = async <T>(name: string, text: string, read: (file: string) => Promise<T>) => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), text);
    return read(join(folder, name));
  };
  return [
    {
      name: 'a site file',
      good: siteTexts,
      throws: 'SiteFileError',
      parse: (text) => parseSite(text, 'site.yaml'),
    },
    {
      name: 'a PAC file',
      good: [pac],
      throws: 'PacError',
      // One that does not end is ended by its own clock.
      mostSeconds: 15,
      parse: (text) => pacAnswer(text, { host: 'a.test', port: 443, address: '198.18.1.10' }, () => null),
    },
    {
      name: 'results',
      good: [JSON.stringify(results)],
      throws: 'ResultsFileError',
      parse: (text) => asFile('results.json', text, readResultsFile),
    },
    {
      name: 'a log',
      good: [events.map((event) => JSON.stringify(event)).join('\n')],
      throws: 'ResultsFileError',
      parse: (text) => asFile('events.jsonl', text, () => readLog(folder)),
    },
    {
      name: 'expected failures',
      good: [
        '- { scenario: a/b, reason: it is so, until: 2026-12-31 }\n- scenario: c/d\n  reason: "x"\n  until: 2027-01-01\n',
      ],
      throws: 'ResultsFileError',
      parse: (text) => asFile('expected.yaml', text, (file) => readExpectedFailures(file)),
    },
    {
      name: 'a list of service tags',
      good: [publishedText()],
      throws: 'WrongListError',
      parse: (text) => readPublishedList(text, 'public').prefixesOf('ServiceBus'),
    },
    {
      name: 'evidence',
      good: [JSON.stringify(fromEvents(events.filter(({ phase }) => phase === 'change')))],
      throws: 'UsageError',
      parse: (text) =>
        asFile('evidence.json', text, async (file) => {
          // What does not say that it is evidence is taken for a site file.
          const given = await readGiven(file).catch((error: Error) => {
            if (error.name !== 'SiteFileError') throw error;
            return undefined;
          });
          if (given && 'evidence' in given) diagnose(given.evidence);
        }),
    },
    {
      name: 'a capture',
      good: [captured],
      parse: (text) => {
        const reader = new CaptureReader();
        for (const line of text.split('\n')) for (const packet of packetsIn(line)) reader.take(packet);
        diagnose(reader.evidence());
      },
    },
    ...patchers.map((patcher) => ({
      name: `a patch of ${patcher.format}`,
      good: examples.filter((text) =>
        importers.some(
          ({ format, recognises }) => format === patcher.format && recognises({ file: 'file', text }),
        ),
      ),
      // Whatever lines close something, an importer said so of the same text.
      parse: (text: string) => edited(text, patcher.patch({ file: 'file', text }, askOf(patcher)).edits),
    })),
    ...importers.map((importer) => ({
      name: `an import of ${importer.format}`,
      good: examples.filter((text) => importer.recognises({ file: 'file', text })),
      // Whatever format it is, a wrong one is told as what was not understood.
      parse: (text: string) => importer.read({ file: 'file', text }, {}),
    })),
  ];
}
