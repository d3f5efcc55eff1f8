import { report } from './data.js';

const why = {
  interrupted: 'the run was interrupted.',
  'engine-gone': 'the container engine stopped answering.',
  killed: 'the process of the run was killed.',
  shards: 'not all shards of the run are here.',
};

/** What is missing, and why: this report is of a part. */
export function Partial() {
  const { partial, missing } = report.run;
  if (!partial) return null;
  return (
    <div class="notice bad">
      <p>
        <strong>Partial: {why[missing?.why ?? 'interrupted']}</strong> Only what had finished is here.
      </p>
      {missing && missing.shards.length > 0 && <p>Not here: shard {missing.shards.join(', ')}.</p>}
      {missing && missing.underWay.length > 0 && (
        <p>Under way when it ended: {missing.underWay.join(', ')}.</p>
      )}
      {missing && missing.notStarted.length > 0 && (
        <details>
          <summary>
            {missing.notStarted.length} scenario{missing.notStarted.length === 1 ? ' was' : 's were'} not
            started
          </summary>
          <ul>
            {missing.notStarted.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
