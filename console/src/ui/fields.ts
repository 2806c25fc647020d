/** The form that is submitted, and its fields as text. The browser does not send it anywhere. */
export function submitted(event: SubmitEvent) {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { form, fields, text };
}
