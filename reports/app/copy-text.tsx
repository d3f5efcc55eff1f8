import { useSignal } from '@preact/signals';

/** A button that puts a text on the clipboard, and says whether it could. */
export function CopyButton({ text, label = 'Copy as text' }: { text: () => string; label?: string }) {
  const said = useSignal('');
  const copy = async () => {
    said.value = (await copyText(text()))
      ? 'Copied.'
      : 'This browser does not let the page copy; requests.txt beside this file has the text.';
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>
      <span role="status" class="quiet">
        {said.value}
      </span>
    </>
  );
}

/** A page opened from disk has no clipboard of its own in some browsers; what is selected can be copied there, too. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'to-copy';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
