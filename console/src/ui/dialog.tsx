import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { NoticePlace } from './notice';
import { view } from './route';

/**
 * A window over the page. The browser keeps the focus in it, and returns it when it closes. Escape and a click beside it
 * close it.
 */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget | null>(null);
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
      onPointerDown={({ target }) => (pressed.current = target)}
      onClick={({ target }) => {
        // Text that is selected out of the window ends beside it, but begins in it.
        if (target === element.current && pressed.current === target) props.onClose();
      }}
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
      <NoticePlace />
    </dialog>
  );
}

interface Question {
  readonly title: string;
  readonly text: ComponentChildren;
  /** What the button that does it says. */
  readonly action: string;
  readonly answer: (isYes: boolean) => void;
}

const asked = signal<Question | undefined>(undefined);

// Leaving the page, or changing its filter, answers no.
view.subscribe(() => asked.peek()?.answer(false));

/**
 * Asks before something that cannot be undone. The answer is no if another question is open: one must not replace
 * another under the pointer.
 * @param from the view of the click: once it is left, the answer is no
 */
export function ask(question: Omit<Question, 'answer'>, from = view.peek()): Promise<boolean> {
  if (asked.peek() !== undefined || from !== view.peek()) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = (isYes: boolean) => {
      asked.value = undefined;
      resolve(isYes);
    };
    asked.value = { ...question, answer };
  });
}

export function Asked() {
  const question = asked.value;
  if (question === undefined) return null;
  const { title, text, action, answer } = question;
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <p>{text}</p>
      <div class="row end">
        <button type="button" onClick={() => answer(false)}>
          Leave it
        </button>
        <button type="button" class="danger" onClick={() => answer(true)}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
