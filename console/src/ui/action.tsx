import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { attempt } from './notice';

/** A button that ignores clicks while its action runs, but keeps the focus. It shows errors. */
export function Action(props: {
  children: ComponentChildren;
  run: () => Promise<unknown>;
  /** What to say when it went well. */
  done?: string;
  kind?: 'primary' | 'danger' | 'plain';
  label?: string;
  disabled?: boolean;
}) {
  const [isBusy, setBusy] = useState(false);
  const click = async () => {
    if (isBusy) return;
    setBusy(true);
    await attempt(props.run, props.done);
    setBusy(false);
  };
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

/** Copies a text; where the browser forbids that, shows it to be copied by hand. */
export function Copy({ text, children }: { text: string; children: ComponentChildren }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      prompt('Copy this:', text);
    }
  };
  return (
    <Action run={copy} done="Copied.">
      {children}
    </Action>
  );
}
