/** What a delivery is signed for. */
export interface SignedDelivery {
  /** Whose secret signs it. */
  readonly userId: string;
  /** The same for every attempt of one delivery: what a receiver tells repetitions by. */
  readonly deliveryId: string;
  /** Exactly the bytes that are sent. */
  readonly body: Buffer;
}

/** What a signature is sent as. */
export const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Signs deliveries. What the `http` handler asks for, and the webhooks room has. */
export abstract class DeliverySigner {
  /**
   * The headers that prove a delivery, made anew for every attempt: their time is that of the call.
   * @param signal nobody waits for it any more
   * @returns those headers, names and values in turn
   * @throws Error if the user's secret is lost; the signal's reason, or an AbortError
   */
  abstract sign(delivery: SignedDelivery, signal: AbortSignal): Promise<string[]>;
}
