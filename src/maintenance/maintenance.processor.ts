import { OnQueueCompleted, OnQueueFailed, Process, Processor } from '@nestjs/bull';
import { eachInTurn } from '../common/flow/each-in-turn';
import { EventLog } from '../common/log/event-log';
import { DAY_MS } from '../common/time/units';
import { EventBus } from '../events/event-bus';
import type { MaintenanceJob } from '../events/event-map';
import { RequestSettings } from '../config/settings';
import { Reconciler } from '../queue/reconciler.service';
import { RetentionService } from '../journal/retention.service';
import { OperatorActions } from '../users/operator-actions.service';
import { ControlService } from '../user-queue/control/control.service';
import { Halts } from '../user-queue/control/halts.service';
import { MAINTENANCE } from './maintenance-jobs';

const JOBS = { reconcile: 'reconcile', retention: 'retention' } as const satisfies Record<
  MaintenanceJob,
  MaintenanceJob
>;

interface EndedJob {
  readonly name: MaintenanceJob;
}

/**
 * Runs the maintenance jobs. A failed one is logged and runs again in the next slot. While queues are being restored,
 * as at every start, the recovery logs that.
 */
@Processor(MAINTENANCE)
export class MaintenanceProcessor {
  private readonly log = new EventLog(MaintenanceProcessor.name);

  constructor(
    private readonly reconciler: Reconciler,
    private readonly controls: ControlService,
    private readonly halts: Halts,
    private readonly retention: RetentionService,
    private readonly settings: RequestSettings,
    private readonly operators: OperatorActions,
    private readonly events: EventBus,
  ) {}

  @OnQueueCompleted()
  succeeded({ name }: EndedJob): void {
    this.events.emit('maintenance.ended', { name, outcome: 'succeeded' });
  }

  @OnQueueFailed()
  failed({ name }: EndedJob, error: Error): void {
    this.events.emit('maintenance.ended', { name, outcome: 'failed' });
    this.log.write('step.failed', { step: 'maintenance', name, cause: error });
  }

  @Process(JOBS.reconcile)
  async reconcile(): Promise<void> {
    const steps = [
      () => this.operators.tell(),
      () => this.controls.applyDirty(),
      () => this.halts.liftOrphans(),
      () => this.reconciler.runOnce(),
    ];
    await eachInTurn(steps, (step) => step());
  }

  @Process(JOBS.retention)
  async retain(): Promise<void> {
    const { retentionDays } = this.settings;
    const removed = await this.retention.removeOlder(retentionDays * DAY_MS);
    if (removed > 0) this.log.write('requests.removed', { requests: removed });
  }
}
