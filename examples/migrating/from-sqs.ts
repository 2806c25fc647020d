import { createTurnwise } from '@turnwise/client';
import type { Service } from './from-bull';

/** The parameters of `SendMessage` for a FIFO queue. */
export interface Message {
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
  readonly MessageBody: string;
}

/**
 * Instead of `sqs.send(new SendMessageCommand(message))`: the group becomes the customer, with a queue of its own.
 * @param target the URL that receives each message
 * @returns the request's id: the same for the same deduplication id of a group
 */
export async function send(service: Service, target: string, message: Message): Promise<string> {
  const customer = message.MessageGroupId;
  const turnwise = createTurnwise({ url: service.url, credential: service.key, customer });
  const { data: accepted, error } = await turnwise.POST('/enqueue', {
    params: { header: { 'Idempotency-Key': message.MessageDeduplicationId } },
    body: { type: 'http', payload: { url: target, body: message.MessageBody } },
  });
  if (accepted === undefined) throw new Error(`${error.code}: ${error.detail}`);
  return accepted.id;
}
