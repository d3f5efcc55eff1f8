/** The same data with every text in it put through `change`, keys and closed words left as they are. */
export function mapTexts<T>(value: T, change: (text: string, key: string) => string): T {
  const walk = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return change(one, key);
    if (Array.isArray(one)) return one.map((item) => walk(item, key));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(value, '') as T;
}
