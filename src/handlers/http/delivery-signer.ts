/** What a delivery is signed for. */
export interface SignedDelivery {
  /** Whose secret signs it. */
  readonly userId: string;
  /** The same for every attempt of one delivery, so that a receiver recognizes repetitions. */
  readonly deliveryId: string;
  /** Exactly the bytes that are sent. */
  readonly body: Buffer;
}

/** What a signature is sent as. */
export const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Signs deliveries. What the `http` handler asks for, and the webhooks room has. */
export abstract class DeliverySigner {
  /**
   * The headers that sign a delivery, new for every attempt: their time is that of the call.
   * @param signal aborts when the headers are no longer needed
   * @returns those headers, names and values in turn
   * @throws Error if the user's secret is lost; the signal's reason, or an AbortError
   */
  abstract sign(delivery: SignedDelivery, signal: AbortSignal): Promise<string[]>;
}
