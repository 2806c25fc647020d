import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/clock';
import { MINUTE_MS } from '../../common/time';
import { AccountDataParts } from '../../users/account-data';
import { CustomersService } from '../../users/customers.service';
import { UsersService } from '../../users/users.service';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { PasswordResetsService } from '../passwords/password-resets.service';
import { SessionsService } from '../sessions/sessions.service';
import { AccountEnding } from './account-ending.schema';

/** Younger endings are still under way in the call that asked for them. */
const OVERDUE_MS = MINUTE_MS;
/** Customers ended in one step. */
const STEP = 100;

/**
 * Ends accounts.
 *
 * `on record -> the account -> sessions, keys, links -> the data -> customers and their data -> off the record`
 *
 * From the second step on nothing lets anybody in. Every step may be repeated, so that an ending that was cut short
 * by a crash, or by a store that was away, is finished by whoever finds it on record.
 */
@Injectable()
export class AccountEndings {
  private readonly log = new Logger(AccountEndings.name);

  constructor(
    @InjectModel(AccountEnding.name) private readonly endings: Model<AccountEnding>,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly keys: ApiKeysService,
    private readonly resets: PasswordResetsService,
    private readonly customers: CustomersService,
    private readonly clock: Clock,
    private readonly data: AccountDataParts,
  ) {}

  /** Ends an account for good. Data that cannot be ended now is ended later. */
  async end(userId: string): Promise<void> {
    const requestedAt = new Date(this.clock.wall());
    await this.endings.updateOne({ _id: userId }, { $setOnInsert: { requestedAt } }, { upsert: true });
    await this.endAccess(userId);
    await this.endData(userId).catch((error: unknown) =>
      this.log.warn(`the data of user ${userId} could not be ended, and will be later: ${String(error)}`),
    );
  }

  /**
   * Finishes what was left unfinished.
   * @returns how many accounts' endings
   * @throws at the first that cannot be finished now
   */
  async runOnce(): Promise<number> {
    const before = new Date(this.clock.wall() - OVERDUE_MS);
    const overdue = await this.endings.find({ requestedAt: { $lt: before } }).lean<AccountEnding[]>();
    for (const { _id } of overdue) {
      await this.endAccess(_id);
      await this.endData(_id);
      this.log.log(`the ending of user ${_id} has been finished`);
    }
    return overdue.length;
  }

  private async endAccess(userId: string): Promise<void> {
    await this.users.remove(userId); // first: with it every session and key is refused
    await this.sessions.endAll(userId);
    await this.keys.endAll(userId);
    await this.resets.forget(userId);
  }

  private async endData(userId: string): Promise<void> {
    await this.data.endAccount(userId);
    for (let some = await this.nextOf(userId); some.length > 0; some = await this.nextOf(userId))
      for (const customer of some) {
        await this.data.endAccount(customer);
        await this.customers.remove(customer);
      }
    await this.endings.deleteOne({ _id: userId });
  }

  private nextOf(userId: string): Promise<string[]> {
    return this.customers.someOf(userId, STEP);
  }
}
