import type { FlowKind, SettingKind } from '../request.js';
import { addNatPorts } from './add-nat-ports.js';
import { addSuffix } from './add-suffix.js';
import { answerAsPublic } from './answer-as-public.js';
import { askSiteResolver } from './ask-site-resolver.js';
import { buyLicence } from './buy-licence.js';
import { carryPackets } from './carry-packets.js';
import { deleteLeftOvers } from './delete-left-overs.js';
import { doNotInspect } from './do-not-inspect.js';
import { exemptFromAuthentication } from './exempt-from-authentication.js';
import { keepIdleConnections } from './keep-idle-connections.js';
import { learnNames } from './learn-names.js';
import { letIcmpPass } from './let-icmp-pass.js';
import { mendPac } from './mend-pac.js';
import { movePasswordProtection } from './move-password-protection.js';
import { nameOwnServer } from './name-own-server.js';
import { nameTheCloud } from './name-the-cloud.js';
import { openEdge } from './open-edge.js';
import { openHost } from './open-host.js';
import { passProxy } from './pass-proxy.js';
import { passSynProxy } from './pass-syn-proxy.js';
import { registerAsAdministrator } from './register-as-administrator.js';
import { removeHostsLines } from './remove-hosts-lines.js';
import { renewApplicationCertificate } from './renew-application-certificate.js';
import { runApplication } from './run-application.js';
import { setClock } from './set-clock.js';
import { shortenBypassList } from './shorten-bypass-list.js';
import { staffGroup } from './staff-group.js';
import { startServices } from './start-services.js';
import { switchOffHttp2 } from './switch-off-http2.js';
import { switchOffIeEsc } from './switch-off-ie-esc.js';
import { switchOnTls } from './switch-on-tls.js';
import { updateConnector } from './update-connector.js';
import { upgradeDotnet } from './upgrade-dotnet.js';
import { upgradeWindows } from './upgrade-windows.js';
import { useProxy } from './use-proxy.js';

/** Every change that lets flows through; the first that mends a stop is asked for. */
export const flowKinds: readonly FlowKind[] = [
  switchOnTls,
  mendPac,
  removeHostsLines,
  addSuffix,
  askSiteResolver,
  answerAsPublic,
  useProxy,
  shortenBypassList,
  openHost,
  exemptFromAuthentication,
  passProxy,
  learnNames,
  openEdge,
  passSynProxy,
  doNotInspect,
  carryPackets,
  letIcmpPass,
  renewApplicationCertificate,
  nameOwnServer,
  runApplication,
];

/** Every setting that a site can have wrong. */
export const settingKinds: readonly SettingKind[] = [
  upgradeWindows,
  upgradeDotnet,
  switchOffIeEsc,
  nameTheCloud,
  registerAsAdministrator,
  startServices,
  setClock,
  deleteLeftOvers,
  updateConnector,
  movePasswordProtection,
  switchOffHttp2,
  buyLicence,
  staffGroup,
  keepIdleConnections,
  addNatPorts,
];
