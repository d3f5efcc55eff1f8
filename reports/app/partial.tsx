import { whyMissing } from '../contract/missing.js';
import { report } from './data.js';

/** What is missing, and why: this report is of a part. */
export function Partial() {
  const { missing } = report.run;
  if (!missing) return null;
  return (
    <div class="notice bad">
      <p>
        <strong>Partial: {whyMissing(missing)}.</strong> Only what had finished is here.
      </p>
      {missing.why !== 'shards' && missing.shards.length > 0 && (
        <p>Not here: shard {missing.shards.join(', ')}.</p>
      )}
      {missing.underWay.length > 0 && <p>Under way when it ended: {missing.underWay.join(', ')}.</p>}
      {missing.notStarted.length > 0 && (
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
