/**
 * A bar in a row of a table, with its value beside it. Quarters are marked; the column's heading or
 * text says what a full bar is. It prints as it is, and needs no axis to be read.
 * @param share of the full bar, 0 to 1
 */
export function Bar({ share, label }: { share: number; label: string }) {
  return (
    <span class="bar-row">
      <svg class="share" width="100%" height="14" aria-hidden="true">
        <rect class="track" width="100%" height="14" />
        <rect class="filled" width={`${share * 100}%`} height="14" />
        {[25, 50, 75].map((at) => (
          <line key={at} x1={`${at}%`} x2={`${at}%`} y1="0" y2="14" />
        ))}
      </svg>
      <span>{label}</span>
    </span>
  );
}
