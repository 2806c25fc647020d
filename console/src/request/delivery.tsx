import type { Schemas } from '../api/client';
import { SafeText } from '../ui/safe-text';

const HIDDEN: Record<string, string> = {
  secret: 'hidden',
  each_attempt: 'different for each attempt',
};

/** What the target of a request receives, header by header. */
export function Delivery({ delivery }: { delivery: Schemas['DeliveryDto'] }) {
  return (
    <section class="card" aria-labelledby="sent">
      <h2 id="sent">Sent to the target</h2>
      <p>
        <strong>{delivery.method}</strong> <SafeText text={delivery.url} />
      </p>
      <dl class="facts headers">
        {delivery.headers.map(({ name, value, hidden }) => (
          <div key={name}>
            <dt>
              <SafeText text={name} />
            </dt>
            <dd>
              {value === null ? <em class="muted">{HIDDEN[hidden ?? '']}</em> : <SafeText text={value} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
