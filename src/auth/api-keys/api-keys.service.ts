import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../common/time/clock';
import { NEWEST_FIRST, newestFirst, Page } from '../../common/lists/newest-first';
import type { PageQueryDto } from '../../common/lists/page-query.dto';
import { Problem } from '../../common/errors/problem';
import type { Scope } from '../access/scopes';
import { hashOfKey, newKey } from '../credentials/api-key-text';
import { ApiKey } from '../credentials/api-key.schema';
import { unauthorized } from '../guards/refusals';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

/** API keys of one account, including expired keys that are still listed. */
export const MOST_KEYS = 1_000;

/** The API keys of accounts. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key. Its text is in the answer, and nowhere else.
   * @param mayStill asked once the key is there, whether its maker still may make one
   * @throws Problem too_many_keys, unauthorized
   */
  async create(
    userId: string,
    { name, scopes, expiresAt }: NewApiKey,
    mayStill: () => Promise<boolean>,
  ): Promise<[ApiKey, text: string]> {
    const _id = uuidv7();
    const text = newKey(_id);
    const key: ApiKey = {
      _id,
      userId,
      name,
      scopes: [...scopes],
      hash: hashOfKey(text),
      createdAt: new Date(this.clock.wall()),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    };
    await this.keys.create(key);
    // A call that ends the maker's session ends the keys after it: either it sees this key, or we see that the session is over.
    if (!(await mayStill())) {
      await this.keys.deleteOne({ _id });
      throw unauthorized();
    }
    // Counted after the insert, so that concurrent calls cannot pass the limit.
    if ((await this.keys.countDocuments({ userId }, { limit: MOST_KEYS + 1 })) > MOST_KEYS) {
      await this.keys.deleteOne({ _id });
      throw new Problem('too_many_keys', `An account has at most ${MOST_KEYS} API keys: end some first.`);
    }
    return [key, text];
  }

  /** The account's keys, the newest first. @throws Problem invalid_cursor */
  async list(userId: string, query: PageQueryDto): Promise<Page<ApiKey>> {
    const read = (filter: object, limit: number) =>
      this.keys
        .find({ userId, ...filter })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .lean<ApiKey[]>();
    return newestFirst<ApiKey>([read], query);
  }

  /** Ends a key: every process refuses it from now on. @throws Problem not_found */
  async end(userId: string, id: string): Promise<void> {
    const { deletedCount } = await this.keys.deleteOne({ _id: id, userId });
    if (deletedCount === 0) throw new Problem('not_found', 'There is no API key with this id.');
  }
}
