import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { clientNetwork } from '../common/flow/client-network';
import { keptPayer } from '../common/flow/payer';
import { SECOND_MS } from '../common/time/units';
import { HttpSettings } from '../config/settings';
import { CutReason } from '../events/event-map';
import { EventBus } from '../events/event-bus';
import { servedCalls } from './served-calls';

/** How long a client may read nothing of an answer, ms. */
const STALLED_MS = 30 * SECOND_MS;

/** Smaller answers fit into the system's buffers, which are not memory of this process. Bytes. */
const COUNTED_FROM = 16 * 1024;

/** What an answer that is sent piece by piece, such as a large file, keeps in memory: a piece that was read, and one that is written. Bytes. */
const OF_STREAM = 128 * 1024;

/** The share of one account, or of the strangers of one network, in the limit. */
const SHARE = 1 / 4;

interface Answer {
  readonly payer: string;
  readonly bytes: number;
  readonly raw: ServerResponse;
}

/**
 * Limits the memory of answers that clients do not read. An answer is kept until the system has taken all of it. Above
 * the limit, the connection whose answer has waited longest is closed, first among accounts above their share. A
 * connection whose client reads nothing of an answer for STALLED_MS is closed too. (P5)
 */
@Injectable()
export class UnreadAnswers {
  /** Oldest first. */
  private readonly waiting = new Set<Answer>();
  private readonly bytesOf = new Map<string, number>();
  private bytes = 0;
  private readonly mostBytes: number;

  constructor(
    { unreadBytes }: HttpSettings,
    private readonly events: EventBus,
  ) {
    this.mostBytes = unreadBytes;
  }

  watch(fastify: FastifyInstance, stalledMs = STALLED_MS): void {
    fastify.server.setTimeout(stalledMs, (socket: Socket) => this.stalled(socket));
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const bytes = keptBytes(payload, reply);
      if (bytes >= COUNTED_FROM)
        this.hold({
          payer: keptPayer(request) ?? `address ${clientNetwork(request.ip)}`,
          bytes,
          raw: reply.raw,
        });
      done();
    });
  }

  private hold(answer: Answer): void {
    if (answer.raw.destroyed) return; // the client has gone before its answer was ready: nothing is kept, and no event follows
    this.count(answer, 1);
    const taken = () => this.count(answer, -1);
    answer.raw.once('finish', taken).once('close', taken);
    const { payer } = answer;
    while ((this.bytesOf.get(payer) ?? 0) > this.mostBytes * SHARE && this.cutOldest(payer));
    while (this.bytes > this.mostBytes && this.cutOldest());
  }

  private count(answer: Answer, by: 1 | -1): void {
    if (by === 1) this.waiting.add(answer);
    else if (!this.waiting.delete(answer)) return; // already subtracted when it was cut
    this.bytes += by * answer.bytes;
    const own = (this.bytesOf.get(answer.payer) ?? 0) + by * answer.bytes;
    if (own > 0) this.bytesOf.set(answer.payer, own);
    else this.bytesOf.delete(answer.payer);
  }

  /** @returns whether there was an answer to cut */
  private cutOldest(payer?: string): boolean {
    for (const answer of this.waiting) {
      if (payer !== undefined && answer.payer !== payer) continue;
      this.count(answer, -1);
      this.cut(answer.raw, 'unread');
      return true;
    }
    return false;
  }

  /**
   * Runs when nothing was sent or received for a while. Node leaves it to us to end the connection, also one that is
   * idle between calls.
   */
  private stalled(socket: Socket): void {
    if (servedCalls(socket) === 0) socket.destroy();
    else if (socket.writableLength > 0) this.cut(socket, 'stalled');
  }

  private cut(connection: ServerResponse | Socket, reason: CutReason): void {
    connection.destroy();
    this.events.emit('connection.cut', { reason });
  }
}

/** What of an answer is in this process's memory until its client has read it; of a text that is short, roughly. */
function keptBytes(payload: unknown, reply: FastifyReply): number {
  if (payload instanceof Readable)
    return Math.min(OF_STREAM, Number(reply.getHeader('content-length') ?? OF_STREAM));
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return 0;
  return payload.length < COUNTED_FROM ? payload.length : Buffer.byteLength(payload);
}
