import type { Schemas } from '../api/client';
import { useLive } from '../api/live';
import { audit, useUser } from '../api/user-api';

const LAST = 500;

const RULES: Record<Schemas['ViolationDto']['rule'], string> = {
  seq: 'Two have the same place',
  order: 'One has overtaken another',
  overlap: 'Two ran at once',
  gap: 'One was passed over',
};

/** The server's own verdict on the latest requests. */
export function Audit() {
  const user = useUser();
  const { data } = useLive(() => audit(LAST), 'audit');
  if (data === undefined) return null;
  if (data.clean)
    return (
      <p class="verdict good">
        <span aria-hidden="true">✓</span> Audit of {data.checked.toLocaleString()}: nothing overlaps, nothing
        overtakes.
      </p>
    );
  return (
    <div class="verdict bad" role="alert">
      <p>Audit of {data.checked.toLocaleString()}: a promise was not kept.</p>
      <ul>
        {data.violations.map(({ rule, requestIds }) => (
          <li key={`${rule} ${requestIds.join()}`}>
            {RULES[rule]}:{' '}
            {requestIds.map((id) => (
              <a key={id} href={`${user.base}requests/${id}`}>
                <code>{id}</code>{' '}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
