const columns = [
  ...['no.', 'engine', 'what happens', 'when', 'run', 'exit code', 'said to be finished / reported'],
  ...['under way', 'failures of the lab', 'containers before the next command', 'breaches'],
];

export function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

export const head = row(columns) + row(columns.map(() => '---'));
