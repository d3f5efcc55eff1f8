const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';
const counts = ({ status }) => status !== 'Ignored' && status !== 'CompileError';

/** A line for each mutant of a file that no test noticed: where, what it replaced, by what. */
export function survivors(name, { source, mutants }) {
  const lines = source.split('\n');
  return mutants
    .filter((mutant) => counts(mutant) && !isKilled(mutant))
    .sort((a, b) => a.location.start.line - b.location.start.line)
    .map(({ location: { start, end }, replacement = '', status, mutatorName }) => {
      const line = lines[start.line - 1];
      const was =
        start.line === end.line
          ? line.slice(start.column - 1, end.column - 1)
          : `${line.slice(start.column - 1)} …`;
      return `${name}:${start.line}:${start.column} ${status} ${mutatorName}: ${was} → ${replacement.replace(/\s+/g, ' ')}`;
    });
}

/** How many of the mutants of some files were noticed, in words. */
export function tally(files) {
  const all = files.flatMap(({ mutants }) => mutants);
  const of = (status) => all.filter((mutant) => mutant.status === status).length;
  const judged = all.filter(counts).length;
  const share = ((100 * all.filter(isKilled).length) / judged).toFixed(1);
  return `${share} % of ${judged} mutants: ${of('Killed')} killed, ${of('Timeout')} timed out, ${of('Survived')} survived, ${of('NoCoverage')} met by no test, ${of('RuntimeError')} errors; ${of('Ignored')} static ones left out`;
}
