import { documentedSite, network, resolverFault, scenarios } from '../../harness/index.js';

const server = 'app-proxy-01';
const signalling = '*.servicebus.windows.net';
const namespace = 'cwap-eur1-weur2.servicebus.windows.net';
const accounts = ['network-service', 'local-system'] as const;
const others = ['login.microsoftonline.com', 'intranet.contoso.test'].map((name) =>
  network.from(server).resolves(name, 'ok'),
);
const answered = accounts.map((account) => network.from(server, account).resolves(namespace, 'ok'));

/** P11, as somebody sees it who asks by hand before anything is installed: which name, as whom. */
export default scenarios(
  [
    {
      row: 'alias without target',
      answer: 'no-chain',
      result: 'dns-nxdomain',
      proves: 'hidden/cname-chain',
    },
    { row: 'wrong address', answer: 'wrong-address', result: 'dns-wrong-answer', proves: 'hosts/service' },
  ] as const,
  ({ row, answer, result, proves }) => ({
    row,
    title: `Asked by hand, the resolver fails for ${signalling} (${row}), whoever asks; other names are answered`,
    proves,
    site: documentedSite(),
    change: resolverFault(signalling, answer),
    control: answered,
    restore: answered,
    expect: [
      ...accounts.map((account) =>
        network
          .from(server, account)
          .resolves(namespace, result, { device: 'resolver', rule: `${answer} ${signalling}` }),
      ),
      ...others,
    ],
  }),
);
