import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../auth/guards/authenticated-user';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { QueueSettings } from '../config/settings';
import { ShardUnavailable } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import { DrainService } from './drain.service';
import { queueView } from './queue-view';
import { QueueDto } from './queue.dto';

@ApiTags('Queue')
@Authenticated()
@Controller('queue')
export class QueueController {
  constructor(
    private readonly queues: UserQueues,
    private readonly drain: DrainService,
    private readonly settings: QueueSettings,
  ) {}

  /** Shows the caller's queue. */
  @Get()
  @RequireScope('read')
  @ApiOperation({ operationId: 'getQueue', summary: 'Read the own queue' })
  @ApiOkResponse({ type: QueueDto, description: 'The queue at this moment' })
  @ApiProblems('unavailable')
  async get(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    const [queue, meanGapMs] = await Promise.all([
      this.queues.snapshot(userId),
      this.drain.meanGapMs(userId),
    ]);
    if (!queue) throw new ShardUnavailable('The queue is being restored. Try again.');
    return queueView(queue, meanGapMs, this.settings.maxDepth);
  }
}
