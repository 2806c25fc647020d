import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useBusy } from './busy';
import { Dialog } from './dialog';
import { attempt, say } from './notice';

/** A button that ignores clicks while its action runs, but keeps the focus. It shows errors. */
export function Action(props: {
  children: ComponentChildren;
  run: () => Promise<unknown>;
  /** What to say when it went well. */
  done?: string;
  /** Reads again what it is about, whether or not it went well. The button is busy until then: it is about what it shows. */
  reload?: () => unknown;
  kind?: 'primary' | 'danger' | 'plain';
  label?: string;
  disabled?: boolean;
}) {
  const [isBusy, click] = useBusy(async () => {
    await attempt(props.run, props.done);
    await props.reload?.();
  });
  return (
    <button
      type="button"
      class={props.kind}
      aria-label={props.label}
      aria-disabled={isBusy}
      disabled={props.disabled}
      onClick={() => void click()}
    >
      {props.children}
    </button>
  );
}

/** Copies a text. If the browser refuses that, as in a frame of another site, shows the text, to copy it by hand. */
export function Copy({ text, children }: { text: string; children: ComponentChildren }) {
  const [isShown, setShown] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied.');
    } catch {
      setShown(true);
    }
  };
  return (
    <>
      <Action run={copy}>{children}</Action>
      {isShown && (
        <Dialog title="Copy it by hand" onClose={() => setShown(false)}>
          <textarea
            class="code"
            rows={9}
            readOnly
            autofocus
            aria-label="The text to copy"
            value={text}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </Dialog>
      )}
    </>
  );
}
