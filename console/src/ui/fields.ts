import { useBusy } from './busy';

/** The fields of a form as text. */
const fieldsOf = (form: HTMLFormElement) => {
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { form, fields, text };
};

/** Runs `send` when a form is submitted, and ignores submits while it runs. The browser itself does not send the form. */
export function useSubmit(send: (submitted: ReturnType<typeof fieldsOf>) => Promise<unknown>) {
  const [isBusy, start] = useBusy(send);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void start(fieldsOf(event.currentTarget as HTMLFormElement));
  };
  return { isBusy, onSubmit };
}
