/** Where the image has the programs of docker/scripts that are not our own program's. */
export function scriptFile(
  name: 'lab-link.py' | 'lab-mitmproxy.py' | 'lab-refuser.sh' | 'lab-witness.sh' | 'proxy-users',
): string {
  return `/opt/lab/scripts/${name}`;
}
