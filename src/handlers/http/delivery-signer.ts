/** What a delivery is signed for. */
export interface SignedDelivery {
  /** Whose secret signs it. */
  readonly userId: string;
  /** The same for every attempt of one delivery: what a receiver tells repetitions by. */
  readonly deliveryId: string;
  /** Exactly the bytes that are sent. */
  readonly body: Buffer;
}

/** Signs deliveries. What the `http` handler asks for, and the webhooks room has. */
export abstract class DeliverySigner {
  /**
   * The headers that prove a delivery, made anew for every attempt: their time is that of the call.
   * @returns names and values in turn
   * @throws Error if the user's secret cannot be read now
   */
  abstract sign(delivery: SignedDelivery): Promise<string[]>;
}
