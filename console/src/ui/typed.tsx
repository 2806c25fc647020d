import { useEffect, useRef, useState } from 'preact/hooks';

/** A text is applied after this long without another letter, ms. */
const WRITTEN_MS = 300;

/** A text input that applies its text after a pause, or when it is left. It shows what is being typed, or else what is applied. */
export function Typed({
  applied,
  apply,
  ...input
}: {
  applied: string;
  apply: (text: string) => void;
  maxLength: number;
  id?: string;
  placeholder?: string;
  'aria-label'?: string;
}) {
  const [typed, setTyped] = useState(applied);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const finish = (text: string) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    apply(text);
  };
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => finish(text), WRITTEN_MS);
  };
  const isTyped = timer.current !== undefined || typed.trim() === applied;
  return (
    <input
      type="search"
      {...input}
      value={isTyped ? typed : applied}
      onInput={(event) => type(event.currentTarget.value)}
      onChange={(event) => timer.current !== undefined && finish(event.currentTarget.value)}
    />
  );
}
