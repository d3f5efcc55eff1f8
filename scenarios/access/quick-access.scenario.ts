import { documentedSite, results, type SiteInput, scenarios, siteChange, user } from '../../harness/index.js';

type Segments = NonNullable<
  NonNullable<NonNullable<SiteInput['private-access']>['quick-access']>['segments']
>;

const listed: Segments = [
  { to: '*.contoso.test', ports: [445, '8000-8100'] },
  { to: '198.18.130.192/26', ports: 22 },
];
const resources = [
  { host: 'files.contoso.test', ports: [445, 8080] },
  { host: '198.18.130.200', ports: [22] },
];
const withSegments = (segments: Segments): Partial<SiteInput> => ({
  'private-access': { 'quick-access': { segments }, resources },
});

const rows: {
  row: string;
  without: string;
  segments: Segments;
  refused: [host: string, port: number];
  open: [host: string, port: number];
}[] = [
  {
    row: 'name',
    without: 'names below contoso.test',
    segments: [{ to: '*.fabrikam.test', ports: [445, '8000-8100'] }, ...listed.slice(1)],
    refused: ['files.contoso.test', 445],
    open: ['198.18.130.200', 22],
  },
  {
    row: 'address range',
    without: '198.18.130.192/26',
    segments: [...listed.slice(0, 1), { to: '198.18.130.128/26', ports: 22 }],
    refused: ['198.18.130.200', 22],
    open: ['files.contoso.test', 445],
  },
  {
    row: 'port range',
    without: 'port 8080',
    segments: [{ to: '*.contoso.test', ports: [445, '8000-8079', '8081-8100'] }, ...listed.slice(1)],
    refused: ['files.contoso.test', 8080],
    open: ['files.contoso.test', 445],
  },
];

/** By name, address, range and port: what the list has not is refused, and what it still has is not. */
export default scenarios(rows, ({ row, without, segments, refused, open }) => ({
  row,
  title: `Quick Access without ${without}: a connection there is refused, others go on`,
  proves: 'access/quick-access',
  site: documentedSite(withSegments(listed)),
  change: siteChange(`quick-access: without ${without}`, () => documentedSite(withSegments(segments)), [
    { kind: 'cloud', service: 'private-access', path: refused.join(':'), detail: 'in no segment' },
  ]),
  expect: [
    results.tunnel.ok(),
    user.connects(...refused).gets('refused-by-service'),
    user.connects(...open).gets('ok'),
  ],
}));
