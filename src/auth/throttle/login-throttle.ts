import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { canonicalEmail } from '../../users/email';
import { clientNetwork } from '../../common/flow/client-network';
import { limiter, rateLimited, take } from './limiters';
import { ThrottleLimits } from './throttle-limits';

/** Limits how fast passwords can be guessed, without locking owners out (see ThrottleLimits). */
@Injectable()
export class LoginThrottle {
  private readonly byPair: RateLimiterAbstract;
  private readonly byAddress: RateLimiterAbstract;
  private readonly byAccount: RateLimiterAbstract;
  /** Pairs of account and network with a successful login. */
  private readonly known: RateLimiterAbstract;

  constructor(
    redis: RedisConnection,
    private readonly limits: ThrottleLimits,
  ) {
    this.byPair = limiter(redis, 'login-pair', limits.loginsOfPair);
    this.byAddress = limiter(redis, 'login-address', limits.loginsOfAddress);
    this.known = limiter(redis, 'login-known', limits.knownPair);
    this.byAccount = limiter(redis, 'login-account', limits.loginsOfAccount);
  }

  /**
   * Runs `verify` if this address may still try this account. The try counts before `verify` runs, so that parallel
   * tries count too. It does not count if `verify` finds the user, or throws and so has judged nothing.
   * @throws Problem rate_limited, also for an account that does not exist
   */
  async attempt<T>(
    email: string,
    address: string,
    verify: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const from = clientNetwork(address);
    const account = digest(canonicalEmail(email));
    const pair = `${account}:${from}`;

    const knownPair = digest(pair); // hashed because it is kept for long: Redis must not hold client addresses
    const isKnown = (await this.known.get(knownPair)) !== null;
    const rewardAddress = async () => {
      if (!isKnown) await this.byAddress.reward(from);
    };
    if (!isKnown) await take(this.byAddress, from); // first: an address over its limit adds no further counters
    try {
      await this.takePair(pair, account, isKnown);
    } catch (refusal) {
      await rewardAddress(); // tries refused for one account do not use up the limit of everybody at this address
      throw refusal;
    }
    await this.byAccount.penalty(account);

    const takeBack = () =>
      Promise.all([rewardAddress(), this.byPair.reward(pair), this.byAccount.reward(account)]);
    let found: T | undefined;
    try {
      found = await verify();
    } catch (error) {
      await takeBack();
      throw error;
    }
    if (found !== undefined) {
      await takeBack();
      await this.byPair.delete(pair); // the owner's earlier mistakes no longer count
      await this.known.set(knownPair, 1, this.limits.knownPair.seconds);
    }
    return found;
  }

  private async takePair(pair: string, account: string, isKnown: boolean): Promise<void> {
    const failed = (await this.byAccount.get(account))?.consumedPoints ?? 0;
    const tries = await take(this.byPair, pair);
    const underAttack = failed >= this.limits.loginsOfAccount.points;
    if (underAttack && !isKnown && tries.consumedPoints > this.limits.triesUnderAttack)
      throw rateLimited(tries);
  }
}

/** Hashed, so that Redis holds no email addresses and keys have a fixed length. */
const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
