/** What the signature of a delivery covers. */
export interface SignedDelivery {
  /** The user whose secret signs it. */
  readonly userId: string;
  /** The same for every attempt of one delivery, so that a receiver recognizes repeats. */
  readonly deliveryId: string;
  /** Exactly the bytes to send. */
  readonly body: Buffer;
}

/** The headers of a signature. */
export const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Signs deliveries. The `http` handler uses it; the webhooks module implements it. */
export abstract class DeliverySigner {
  /**
   * The headers that sign a delivery. Call it for every attempt: they contain the current time.
   * @param signal aborts when the headers are no longer needed
   * @returns names and values in turn
   * @throws Error if the user's secret is lost; the signal's reason, or an AbortError
   */
  abstract sign(delivery: SignedDelivery, signal: AbortSignal): Promise<string[]>;
}
