import { SafeText } from '../ui/safe-text';

/** Stands after a customer's id, because customers of two accounts may have the same one. */
export function OfAccount({ email }: { email: string | null | undefined }) {
  if (!email) return null;
  return (
    <span class="muted">
      of <SafeText text={email} />
    </span>
  );
}
