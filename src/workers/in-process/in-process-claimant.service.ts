import { Injectable } from '@nestjs/common';
import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { Claimant } from '../turns/claimant';
import { Processor } from './processor.service';
import { HeldTurns } from './held-turns.service';

/** The in-process worker as the claim loop sees it: its turns are processed here. */
@Injectable()
export class InProcessClaimant implements Claimant {
  constructor(
    private readonly turns: HeldTurns,
    private readonly processor: Processor,
  ) {}

  get serving() {
    return this.turns.serving;
  }

  get leaseMs(): number {
    return this.turns.leaseMs;
  }

  get tokens(): ReadonlySet<number> {
    return this.turns.tokens;
  }

  get free(): number {
    return this.turns.free;
  }

  onFreed(listener: () => void): () => void {
    return this.turns.onFreed(listener);
  }

  take(job: LeasedJob, permit: Permit, sentAt: number): void {
    const turn = this.turns.begin(job, permit, sentAt);
    if (turn) void this.processor.process(turn);
  }
}
