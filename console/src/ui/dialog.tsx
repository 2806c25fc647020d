import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

/** A window over the page. The browser keeps the focus in it, and returns it when it closes. Escape closes it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  const title = useId();
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useLayoutEffect(() => {
    const dialog = element.current!;
    const closed = () => close.current();
    dialog.addEventListener('close', closed);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('close', closed);
      dialog.close(); // before it leaves the page: only then it returns the focus
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={title}
      onClick={(event) => event.target === element.current && props.onClose()}
    >
      <div class="dialog-body">
        <header>
          <h2 id={title}>{props.title}</h2>
          <button type="button" class="plain" aria-label="Close" onClick={props.onClose}>
            ×
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that does it says. */
  readonly action: string;
  readonly answer: (isYes: boolean) => void;
}

const asked = signal<Question | undefined>(undefined);

/** Asks before something that cannot be undone. */
export function ask(question: Omit<Question, 'answer'>): Promise<boolean> {
  return new Promise((resolve) => (asked.value = { ...question, answer: resolve }));
}

export function Asked() {
  const question = asked.value;
  if (question === undefined) return null;
  const answer = (isYes: boolean) => {
    asked.value = undefined;
    question.answer(isYes);
  };
  return (
    <Dialog title={question.title} onClose={() => answer(false)}>
      <p>{question.text}</p>
      <div class="row end">
        <button type="button" onClick={() => answer(false)}>
          Leave it
        </button>
        <button type="button" class="danger" onClick={() => answer(true)}>
          {question.action}
        </button>
      </div>
    </Dialog>
  );
}
