import { query, setFilter } from './route.js';

/** A filter's words, kept in the address. */
export function SearchField({ name = 'q', label }: { name?: string; label: string }) {
  return (
    <input
      type="search"
      placeholder={label}
      aria-label={label}
      value={query.value.get(name) ?? ''}
      onInput={(event) => setFilter(name, event.currentTarget.value)}
    />
  );
}

/** A filter with few values, kept in the address. `''` is all of them. */
export function Choice({ name, label, values }: { name: string; label: string; values: readonly string[] }) {
  const chosen = query.value.get(name) ?? '';
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={(event) => setFilter(name, event.currentTarget.value)}
    >
      <option value="">{label}: all</option>
      {[...new Set(chosen === '' ? values : [...values, chosen])].map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </select>
  );
}

/** True where every word of the search is in the text, which is in lower case. */
export function fits(text: string, search: string): boolean {
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
