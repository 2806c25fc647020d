import { OnQueueFailed, Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { eachInTurn } from '../common/flow/each-in-turn';
import { EventLog } from '../common/log/event-log';
import { DAY_MS } from '../common/time/units';
import { RequestSettings } from '../config/settings';
import { Reconciler } from '../queue/reconciler.service';
import { RetentionService } from '../journal/retention.service';
import { OperatorActions } from '../users/operator-actions.service';
import { ControlService } from '../user-queue/control/control.service';
import { Halts } from '../user-queue/control/halts.service';
import { MAINTENANCE, MaintenanceJob } from './maintenance-jobs';

const JOBS = { reconcile: 'reconcile', retention: 'retention' } as const satisfies Record<
  MaintenanceJob,
  MaintenanceJob
>;

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
  ) {}

  @OnQueueFailed()
  failed({ name }: Pick<Job, 'name'>, error: Error): void {
    this.log.write('step.failed', { step: 'maintenance', name, cause: error });
  }

  @Process(JOBS.reconcile)
  async reconcile(): Promise<void> {
    const steps = [
      () => this.operators.tell(),
      () => this.controls.repeat(),
      () => this.halts.repeat(),
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
