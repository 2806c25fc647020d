import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Shutdown } from '../../common/process/shutdown';
import { WorkerSettings } from '../../config/settings';
import { SLOT_STATES, Slots, SlotState, WorkerSlots } from '../../events/worker-slots';
import { ProcessStore } from '../../queue/epochs/process.store';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import type { Turn } from './turn';
import { HeldTurns } from './held-turns.service';

/** Names the state of every slot of this process, so that no state in which it serves fewer users goes unnoticed. (P5) */
@Injectable()
export class SlotReader extends WorkerSlots implements OnApplicationBootstrap {
  constructor(
    private readonly turns: HeldTurns,
    private readonly settings: WorkerSettings,
    private readonly view: EpochView,
    private readonly shutdown: Shutdown,
    private readonly process: ProcessStore,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.process.showSlots(() => this.read());
  }

  read(): Slots {
    const counts = Object.fromEntries(SLOT_STATES.map((state) => [state, 0])) as Record<SlotState, number>;
    for (const turn of this.turns.all) counts[stateOf(turn)] += 1;
    const free = this.settings.concurrency - this.turns.all.length;
    counts[this.shutdown.hasBegun || !this.view.isValid() ? 'closed' : 'free'] += free;
    return counts;
  }
}

function stateOf(turn: Turn): SlotState {
  if (turn.isIsolated) return 'isolated';
  if (!turn.isRunning) return 'settling';
  return turn.signal.aborted ? 'stopping' : 'running';
}
