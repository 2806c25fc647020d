import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { CoalescedFind } from '../../stores/mongo/coalesced-find';
import { idOfKey, isKeyOf } from './api-key-text';
import { ApiKey } from './api-key.schema';
import { KeyUses } from './key-uses';

/** What a check returns of a valid key. */
export type StandingKey = Pick<ApiKey, '_id' | 'userId' | 'scopes' | 'hash' | 'expiresAt' | 'lastUsedAt'>;

/** Checks API keys. Every process refuses an ended or expired key at once. */
@Injectable()
export class ApiKeyCheck {
  private readonly keys: CoalescedFind<StandingKey>;

  constructor(
    @InjectModel(ApiKey.name) keys: Model<ApiKey>,
    private readonly uses: KeyUses,
    private readonly clock: Clock,
  ) {
    const fields = ['userId', 'scopes', 'hash', 'expiresAt', 'lastUsedAt'] as const;
    this.keys = new CoalescedFind(keys.collection, fields);
  }

  /**
   * Finds the valid key with this text, and notes its use. Undefined if there is none.
   * @param address of the client
   */
  async find(text: string, address: string): Promise<StandingKey | undefined> {
    const id = idOfKey(text);
    const key = id === undefined ? undefined : await this.findById(id);
    if (key === undefined || !isKeyOf(key.hash, text)) return undefined;
    this.uses.note(key, address);
    return key;
  }

  /** The valid key with this id; undefined if there is none. */
  async findById(id: string): Promise<StandingKey | undefined> {
    const key = await this.keys.find(id);
    const hasRunOut = key?.expiresAt !== undefined && key.expiresAt.getTime() <= this.clock.wall();
    return hasRunOut ? undefined : key;
  }
}
