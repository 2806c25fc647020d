import type { FastifyReply } from 'fastify';

/** Milliseconds from the start of a call to the start of its wait, by reply. */
const servedBefore = new WeakMap<object, number>();

/** Notes that the call waits from now on because its client asked for it: the rest does not count as its time. */
export const beginClientWait = (reply: FastifyReply): void => void servedBefore.set(reply, reply.elapsedTime);

/** The time of the call so far, ms; if its client asked for a wait, only until that began. */
export const servedMs = (reply: FastifyReply): number => servedBefore.get(reply) ?? reply.elapsedTime;
