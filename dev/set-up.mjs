// Makes a fresh clone ready: plain Node, nothing installed before it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`connector-lab needs Node 20.19 or later; this is ${process.versions.node}`);
  process.exit(2);
}

/** Runs a program with its output shown; ends this one when it fails. */
export function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

/** Installs what the lock file says, unless that was done already, by whomever. */
export function install() {
  if (isInstalled()) return;
  console.error('Installing packages (once, about half a minute) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** By npm's own list of what it installed, which it writes last. */
function isInstalled() {
  const packages = (file) => JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages;
  const list = 'node_modules/.package-lock.json';
  if (!existsSync(`${root}${list}`)) return false;
  const installed = packages(list);
  return Object.entries(packages('package-lock.json')).every(
    // The first is this package itself; optional ones are for other computers.
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/** Debian packages, quietly, where this machine is ours to install on: Debian, and root. */
function installPackages(what, ...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.error(`Installing ${what} (once) …`);
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return true;
}

/** Debian's Chromium without its windows: what tests of pages use. */
export const chromium = '/usr/bin/chromium-headless-shell';

/** Programs of Debian's that tests compare with, on machines that CI made for this: what they are, and of which package. */
const judges = {
  [chromium]: 'chromium-headless-shell',
  // Reads the PDF that it prints.
  '/usr/bin/pdftotext': 'poppler-utils',
  '/usr/bin/pactester': 'libpacparser1',
  // Say whether patched files are still theirs.
  '/usr/sbin/squid': 'squid-openssl',
  '/usr/sbin/nft': 'nftables',
  '/usr/sbin/iptables-restore': 'iptables',
  // Fills the sets that its rules name.
  '/usr/sbin/ipset': 'ipset',
  // What images are pushed to.
  '/usr/bin/docker-registry': 'docker-registry',
  // Reads packet captures.
  '/usr/bin/tshark': 'tshark',
};

export function installJudges() {
  if (process.env.CI !== 'true' || Object.keys(judges).every((program) => existsSync(program))) return;
  installPackages(
    'Chromium, poppler and programs whose files tests write, for the tests',
    ...Object.values(judges),
  );
}

/**
 * Docker Engine, and what builds a base image where no registry answers. Started by hand where no
 * init does it. Returns why there is none, or nothing.
 */
export function installEngine() {
  if (!engineAnswers() && !existsSync('/usr/sbin/dockerd') && process.platform === 'linux')
    installPackages('Docker Engine', 'docker.io', 'mmdebstrap', 'iptables');
  if (existsSync('/usr/bin/apt-get') && !existsSync('/usr/bin/mmdebstrap'))
    installPackages('mmdebstrap', 'mmdebstrap');
  if (engineAnswers()) return undefined;
  if (process.getuid?.() !== 0 || !existsSync('/usr/sbin/dockerd'))
    return 'no container engine answers; install Docker Engine, or run as root on Debian to have it installed';
  if (!existsSync('/run/systemd/system')) {
    const log = openSync(`${tmpdir()}/connector-lab-dockerd.log`, 'a');
    spawn('/usr/sbin/dockerd', [], { detached: true, stdio: ['ignore', log, log] }).unref();
    console.error(`Started Docker Engine; it goes on running (log: ${tmpdir()}/connector-lab-dockerd.log)`);
  }
  // Five minutes: it may be a busy computer.
  for (let tries = 0; tries < 1500; tries++) {
    if (engineAnswers()) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  return `Docker Engine does not answer; its log is ${tmpdir()}/connector-lab-dockerd.log`;
}

function engineAnswers() {
  const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
  if (!socket.startsWith('/')) return true;
  const ask = `require('http').get({socketPath:${JSON.stringify(socket)},path:'/_ping',timeout:60000},r=>process.exit(r.statusCode===200?0:1)).on('error',()=>process.exit(1)).on('timeout',()=>process.exit(1))`;
  return spawnSync(process.execPath, ['-e', ask]).status === 0;
}

export { root };
