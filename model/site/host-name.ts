/** Lower case, without the trailing dot of absolute names. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
