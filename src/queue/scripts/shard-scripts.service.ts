import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../common/flow/coalescer';
import { EventBus } from '../../events/event-bus';
import { claimArgs, ClaimItem, ClaimReply, readClaim, ServingWorker } from './claim';
import { ExtendedLease, extendArgs, LeaseExtension, readExtended } from './extend';
import { HeldItem, readHolds } from './hold';
import { WorkerLease, readLeases } from './list-leases';
import { readRenewals, renewArgs, RenewReply } from './renew';
import { Args, ScriptName, ScriptRunner, ShardClosed } from './script-runner';
import { readSettles, settleArgs, SettleItem, SettleReply, settleTerms } from './settle';

/** Most items in one call: about half a millisecond of Redis. A batch is a call of its own. */
const MAX_ITEMS = 32;

interface Call {
  readonly epoch: number;
  readonly args: Args;
}

/** The replies to the items of one call, in order. */
type Read<T> = (reply: unknown, items: readonly Args[]) => T[];

/**
 * The scripts that run under an epoch. The file named after a script describes its arguments and answer. Items of one
 * shard are coalesced: a call goes out at once when none of its kind is in flight for the shard, otherwise the item
 * joins the next call. A closed shard is announced once per call.
 */
@Injectable()
export class ShardScripts {
  private readonly coalescers = new Map<string, Coalescer<Call, unknown>>();

  constructor(
    private readonly scripts: ScriptRunner,
    private readonly events: EventBus,
  ) {}

  /** An item of lua/hold.lua. @throws ShardClosed */
  hold(shard: number, epoch: number, terms: Args, item: Args): Promise<HeldItem> {
    return this.push('hold', shard, { epoch, args: item }, terms, readHolds);
  }

  /** Items of lua/hold.lua in one call, so that no other request comes between them. @throws ShardClosed */
  async holdAll(shard: number, epoch: number, terms: Args, items: readonly Args[]): Promise<HeldItem[]> {
    return readHolds(await this.call('hold', shard, epoch, terms.concat(...items)));
  }

  /** An item of lua/confirm.lua. @throws ShardClosed */
  confirm(shard: number, epoch: number, item: Args): Promise<'OK' | 'GONE'> {
    return this.push('confirm', shard, { epoch, args: item }, [], (reply) => reply as ('OK' | 'GONE')[]);
  }

  /** An item of lua/cancel.lua. @throws ShardClosed */
  cancel(shard: number, epoch: number, item: Args): Promise<'WAITING' | 'ACTIVE' | 'GONE'> {
    type Codes = ('WAITING' | 'ACTIVE' | 'GONE')[];
    return this.push('cancel', shard, { epoch, args: item }, [], (reply) => reply as Codes);
  }

  /** Ends an attempt and passes the turn on. @throws ShardClosed */
  settle(
    shard: number,
    epoch: number,
    worker: ServingWorker,
    leaseMs: number,
    item: SettleItem,
  ): Promise<SettleReply> {
    const call = { epoch, args: settleArgs(item) };
    return this.push('settle', shard, call, settleTerms(worker, leaseMs), (reply, items) =>
      readSettles(shard, reply, items),
    );
  }

  /** Claims users of a shard. @throws ShardClosed */
  async claim(shard: number, epoch: number, item: ClaimItem): Promise<ClaimReply> {
    return readClaim(shard, await this.call('claim', shard, epoch, claimArgs(item)));
  }

  /** Extends leases. @throws ShardClosed */
  async renew(
    shard: number,
    epoch: number,
    leaseMs: number,
    leases: readonly { userId: string; token: number }[],
  ): Promise<RenewReply> {
    return readRenewals(await this.call('renew', shard, epoch, renewArgs(leaseMs, leases)));
  }

  /** Extends the lease of an external worker's attempt. @returns undefined if it is lost. @throws ShardClosed */
  async extend(
    shard: number,
    epoch: number,
    attempt: LeaseExtension,
  ): Promise<ExtendedLease | 'others' | undefined> {
    return readExtended(await this.call('extend', shard, epoch, extendArgs(attempt)));
  }

  /** The leases of a worker, as Redis has them. @throws ShardClosed */
  async leasesOf(shard: number, epoch: number, worker: string): Promise<WorkerLease[]> {
    return readLeases(await this.call('list_leases', shard, epoch, [worker]));
  }

  /** One call of a script that is not coalesced. A closed shard is announced. @throws ShardClosed */
  async call(name: ScriptName, shard: number, epoch: number, args: Args): Promise<unknown> {
    try {
      return await this.scripts.run(name, shard, epoch, args);
    } catch (error) {
      if (error instanceof ShardClosed) this.events.emit('shard.closed', { shard, epoch });
      throw error;
    }
  }

  /** `common` are the arguments before the items. Only items with the same ones share a call. */
  private push<T>(name: ScriptName, shard: number, call: Call, common: Args, read: Read<T>): Promise<T> {
    const key = [name, shard, ...common].join(' ');
    let coalescer = this.coalescers.get(key);
    if (!coalescer) {
      coalescer = new Coalescer<Call, unknown>({
        maxBatch: MAX_ITEMS,
        maxInFlight: 1,
        run: (calls) => this.runBatch(name, shard, common, calls, read),
      });
      this.coalescers.set(key, coalescer);
    }
    return coalescer.push(call) as Promise<T>;
  }

  /** One call has one epoch: an item of an older epoch than the newest is refused here. (P1, P3) */
  private async runBatch<T>(
    name: ScriptName,
    shard: number,
    common: Args,
    calls: readonly Call[],
    read: Read<T>,
  ): Promise<(T | ShardClosed)[]> {
    const epoch = Math.max(...calls.map((call) => call.epoch));
    const current = calls.filter((call) => call.epoch === epoch);
    const items = current.map(({ args }) => args);
    const results = read(await this.call(name, shard, epoch, common.concat(...items)), items);
    if (current.length === calls.length) return results;
    const ofCurrent = results.values();
    return calls.map((call) =>
      call.epoch === epoch ? ofCurrent.next().value! : new ShardClosed(shard, call.epoch),
    );
  }
}
