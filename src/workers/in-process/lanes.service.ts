import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { WorkerSettings } from '../../config/settings';
import { HandlerRegistry } from '../../handlers/handler-registry.service';
import { laneWords, MAIN_LANE } from '../../config/lanes';

/** The lanes that this worker serves: WORKER_LANES, or main and those of all its handlers. */
@Injectable()
export class Lanes {
  private readonly log = new EventLog(Lanes.name);
  private known: string | undefined;

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly settings: WorkerSettings,
  ) {}

  /** As the scripts take them. Handlers are found while the application starts, so do not read it earlier. */
  get words(): string {
    return (this.known ??= this.read());
  }

  private read(): string {
    const own = this.handlers.types().map(({ lane }) => lane ?? MAIN_LANE);
    const chosen = this.settings.lanes;
    for (const lane of chosen)
      if (lane !== MAIN_LANE && !own.includes(lane)) this.log.write('lane.unknown', { lane });
    return laneWords(chosen.length > 0 ? chosen : [MAIN_LANE, ...own]);
  }
}
