import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Problem } from '../../common/errors/problem';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { AccountDataParts } from '../../users/account-data';
import { CustomersService, userIdOf } from '../../users/customers.service';
import { ErasureRecords } from '../../users/erasure-records.service';
import type { ErasedBy, Erasure } from '../../users/erasure.schema';
import { UsersService } from '../../users/users.service';
import { CredentialEnds } from '../credentials/credential-ends.service';
import { ErasureDto } from './erasure.dto';
import { PasswordResetsService } from '../passwords/password-resets.service';

/** Another process repeats a pass that takes longer, next to it. */
const PASS_LEASE_MS = MINUTE_MS;
/** Wait before a pass that could not end everything is repeated. */
const AGAIN_MS = 2 * SECOND_MS;
/** Time from the request to the last pass, which covers a process that was frozen in the middle of an enqueue. */
const LAST_LOOK_MS = HOUR_MS;
/** Customers of an account whose erasure one pass, or one call, begins: others wait behind it. */
const STEP = 25;
/** Erasures of an account's customers that are looked at to report its progress. */
const SHOWN = 100;

/**
 * Erases users: accounts with all their customers, or one customer.
 *
 * `recorded -> nobody can log in or call as this user -> the data, in passes -> erased -> a last pass`
 *
 * Every step can be repeated, so a crash or an unreachable store delays an erasure and never loses it. Work in flight
 * when the last call was let in (an accept, a retry, a callback) may still write, so the user is erased only when a pass
 * finds nothing left after all such work has ended. (P3)
 *
 * A pass of an account begins the erasure of at most STEP customers, and is then due again behind everything that was due
 * when it began. So an account with many customers delays neither other erasures nor the end of a process. (P5)
 */
@Injectable()
export class Erasures {
  private readonly log = new EventLog(Erasures.name);

  constructor(
    private readonly records: ErasureRecords,
    private readonly users: UsersService,
    private readonly ends: CredentialEnds,
    private readonly resets: PasswordResetsService,
    private readonly customers: CustomersService,
    private readonly data: AccountDataParts,
  ) {}

  /** Ends an account permanently. What cannot be erased now is erased later. */
  async endAccount(userId: string, by: ErasedBy): Promise<void> {
    this.say(userId, by);
    await this.records.begin(userId, by);
    await this.close(userId);
    try {
      await this.beginSome(userId, by);
      await this.data.endAccount(userId);
    } catch (cause) {
      this.log.write('step.failed', { step: 'erase a user', userId, cause });
    }
  }

  /**
   * Starts to erase a customer of an account. The next call for that customer creates it again, with another user id.
   * @throws Problem not_found
   */
  async eraseCustomer(ownerId: string, customerId: string, by: ErasedBy): Promise<ErasureDto> {
    const userId = await this.customers.idOf(ownerId, customerId);
    if (await this.customers.find(userId)) await this.beginCustomer(userId, ownerId, customerId, by);
    return this.ofCustomer(ownerId, customerId);
  }

  /** Starts to erase any user. @throws Problem not_found */
  async eraseUser(userId: string, by: ErasedBy): Promise<ErasureDto> {
    const customer = await this.customers.find(userId);
    if (customer) await this.beginCustomer(userId, customer.ownerId, customer.customerId, by);
    else if (await this.users.findById(userId)) {
      this.say(userId, by);
      await this.records.begin(userId, by);
      await this.close(userId);
    }
    return this.ofUser(userId);
  }

  /** The progress of a customer's erasure. @throws Problem not_found */
  async ofCustomer(ownerId: string, customerId: string): Promise<ErasureDto> {
    return this.view(await this.records.ofSlot(userIdOf(ownerId, customerId)));
  }

  /** The progress of a user's erasure. @throws Problem not_found */
  async ofUser(userId: string): Promise<ErasureDto> {
    const erasure = await this.records.find(userId);
    return this.view(erasure ? [erasure] : []);
  }

  /** Makes the passes that are due, one after the other. @param closing no further one begins after that */
  async runOnce(closing: AbortSignal): Promise<void> {
    await this.records.adoptOld();
    while (!closing.aborted) {
      const due = await this.records.takeDue(PASS_LEASE_MS);
      if (due === undefined) return;
      await this.pass(due);
    }
  }

  private async pass({ _id: userId, slot, requestedAt, erasedAt, by }: Erasure): Promise<void> {
    const beganAt = await this.records.now();
    let hasMore = false;
    const again = () => this.records.passed(userId, hasMore ? beganAt : beganAt + AGAIN_MS, false);
    let quietAt: number;
    try {
      quietAt = (await this.close(userId, slot)) + (await this.data.quietAfterMs());
      hasMore = await this.beginSome(userId, by);
      await this.data.endAccount(userId);
    } catch (error) {
      const isOverdue = beganAt > requestedAt.getTime() + MINUTE_MS;
      if (isOverdue) this.log.write('step.failed', { step: 'erase a user', userId, cause: error });
      return again();
    }
    if (hasMore) return again();
    if (beganAt < quietAt) return this.records.passed(userId, quietAt, false);
    const customers = await this.records.openOf(userId, 1);
    if (customers.length > 0) return again();
    if (erasedAt === undefined) this.log.write('erasure.done', { userId });
    const isLast = beganAt >= requestedAt.getTime() + LAST_LOOK_MS;
    await this.records.passed(userId, isLast ? undefined : requestedAt.getTime() + LAST_LOOK_MS, true);
  }

  private async beginCustomer(
    userId: string,
    ownerId: string,
    customerId: string,
    by: ErasedBy | undefined,
  ): Promise<void> {
    this.say(userId, by);
    const slot = userIdOf(ownerId, customerId);
    await this.records.begin(userId, by, { slot, ownerId });
    await this.close(userId, slot);
  }

  /**
   * From now on nobody is let in as this user.
   * @param slot of a customer
   * @returns since when, ms since 1970
   */
  private async close(userId: string, slot?: string): Promise<number> {
    if (slot === undefined) await this.endAccess(userId);
    else await this.detach(userId, slot);
    return this.records.closed(userId);
  }

  /** From now on the customer's name stands for another user. */
  private async detach(userId: string, slot: string): Promise<void> {
    await this.records.succeed(userId, slot);
    await this.customers.remove(userId);
  }

  private async endAccess(userId: string): Promise<void> {
    await this.users.remove(userId); // first: this makes every session and key invalid
    await this.ends.sessionsOf(userId);
    await this.ends.keysOf(userId);
    await this.resets.forget(userId);
  }

  /** Begins to erase some of an account's customers, each in passes of their own. @returns whether there may be more */
  private async beginSome(accountId: string, by: ErasedBy | undefined): Promise<boolean> {
    const some = await this.customers.someOf(accountId, STEP);
    for (const { _id, ownerId, customerId } of some) {
      await this.beginCustomer(_id, ownerId, customerId, by);
      await this.data.endAccount(_id).catch(() => undefined); // its own passes repeat it
    }
    return some.length === STEP;
  }

  private async view(erasures: readonly Erasure[]): Promise<ErasureDto> {
    const latest = erasures.at(-1);
    if (latest === undefined)
      throw new Problem('not_found', 'No user with this name has a queue or was erased.');
    const open = erasures.filter(({ erasedAt }) => erasedAt === undefined).map(({ _id }) => _id);
    const customers = await Promise.all(open.map((userId) => this.records.openOf(userId, SHOWN)));
    const left = await Promise.all([...open, ...customers.flat()].map((userId) => this.data.left(userId)));
    return {
      userId: latest._id,
      status: open.length > 0 ? 'erasing' : 'erased',
      requestsLeft: left.reduce((sum, each) => sum + each, 0),
      requestedAt: latest.requestedAt,
      ...(latest.erasedAt === undefined ? {} : { erasedAt: latest.erasedAt }),
    };
  }

  private say(userId: string, by: ErasedBy | undefined): void {
    this.log.write('erasure.begun', { userId, actor: by?.accountId, credential: by?.credential });
  }
}
