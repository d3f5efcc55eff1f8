/** Counts of two words each: what was wrong, what was said. */
export class Confusion {
  readonly #counts = new Map<string, Map<string, number>>();

  add(wrong: string, said: string): void {
    const row = this.#counts.get(wrong) ?? new Map<string, number>();
    row.set(said, (row.get(said) ?? 0) + 1);
    this.#counts.set(wrong, row);
  }

  /** As a table of Markdown: what was right is in bold. */
  lines(): string[] {
    return [
      '| what was wrong | what was said first, how often |',
      '|---|---|',
      ...[...this.#counts].sort().map(([wrong, said]) => {
        const cells = [...said]
          .sort(([, a], [, b]) => b - a)
          .map(([rule, count]) => (rule === wrong ? `**\`${rule}\` ${count}**` : `\`${rule}\` ${count}`));
        return `| \`${wrong}\` | ${cells.join(', ')} |`;
      }),
    ];
  }
}

export function share(part: number, of: number): string {
  return `${part} of ${of} (${of === 0 ? '–' : `${((part / of) * 100).toFixed(1)} %`})`;
}
