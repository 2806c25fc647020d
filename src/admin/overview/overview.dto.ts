import { ApiProperty } from '@nestjs/swagger';
import { CLOSED_CAUSES, type ClosedCause } from '../../queue/recovery/recovery-records.service';

/** One of the shards that users' queues are spread over. */
export class ShardDto {
  /** Its number; its keys have the tag `{tw<number>}`. */
  @ApiProperty({ type: 'integer', example: 7 })
  shard: number;

  /** Grows with every rebuild. */
  @ApiProperty({ type: 'integer', example: 3 })
  epoch: number;

  /** `closed` while it is being rebuilt, or cannot be reached; the other fields are absent then. */
  @ApiProperty({ enum: ['open', 'closed'], example: 'open' })
  state: 'open' | 'closed';

  /** Users with pending requests who are not being served. */
  @ApiProperty({ type: 'integer', required: false, example: 12 })
  waitingUsers?: number;

  /** Users being served. */
  @ApiProperty({ type: 'integer', required: false, example: 4 })
  servedUsers?: number;

  /** How long the longest-waiting due user has been due, in milliseconds. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  lagMs?: number;
}

/** The states of a process's worker slots at its latest heartbeat; together, all its slots. */
export class SlotsDto {
  /** Available. */
  @ApiProperty({ type: 'integer', example: 20 })
  free: number;

  /** Free, but the process starts nothing: it is ending, or cannot read the state of the queues. */
  @ApiProperty({ type: 'integer', example: 0 })
  closed: number;

  /** A handler runs. */
  @ApiProperty({ type: 'integer', example: 9 })
  running: number;

  /** A request that killed two workers runs in a separate process. */
  @ApiProperty({ type: 'integer', example: 1 })
  isolated: number;

  /** The handler was told to stop, but still runs. */
  @ApiProperty({ type: 'integer', example: 1 })
  stopping: number;

  /** A request is checked before it runs, or its outcome is recorded. */
  @ApiProperty({ type: 'integer', example: 1 })
  settling: number;
}

/** A running process. */
export class ProcessDto {
  /** New at every start. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** Where it runs. */
  @ApiProperty({ example: 'turnwise-1' })
  host: string;

  /** `all`, `api` or `worker`. */
  @ApiProperty({ example: 'worker' })
  role: string;

  /** When it started. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T08:00:00.000Z' })
  startedAt: Date;

  /** Its latest heartbeat; if older than VIEW_MS, the process is frozen, disconnected or dead. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.390Z' })
  heartbeatAt: Date;

  /** Absent if it runs no requests. */
  @ApiProperty({ type: SlotsDto, required: false })
  slots?: SlotsDto;
}

/** A worker that serves users. */
export class WorkerDto {
  /** The worker's name, as in `attempts`. */
  @ApiProperty({ example: 'turnwise-1-2f4f7a1f6a11' })
  worker: string;

  /** Users that it serves now; `null` while a shard is closed. */
  @ApiProperty({ type: 'integer', nullable: true, example: 9 })
  leases: number | null;

  /** The latest heartbeat of its process; `null` for an external worker, or a process that is gone. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T09:30:00.390Z' })
  heartbeatAt: Date | null;
}

/** Shards that were rebuilt from MongoDB together. */
export class RecoveryDto {
  /** When the shards were open again. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.390Z' })
  at: Date;

  /** Their numbers. */
  @ApiProperty({ type: 'integer', isArray: true, example: [7] })
  shards: number[];

  /** How many requests were restored. */
  @ApiProperty({ type: 'integer', example: 1200 })
  requests: number;

  /** How long the shards were closed, in milliseconds. */
  @ApiProperty({ type: 'integer', example: 420 })
  durationMs: number;

  /**
   * Why they were closed. `lost`: Redis was empty. `history`: Redis was restarted, or another server has taken over.
   * `begun`, `raised`: an earlier rebuild had not finished, or a new version raised the epochs. `damaged`: the shard
   * had lost a part of its state. `unknown`: Redis could not tell.
   */
  @ApiProperty({ enum: CLOSED_CAUSES, example: 'lost' })
  cause: ClosedCause;
}

/** Users with something pending, by state. Each user is in one state. */
export class UsersByStateDto {
  /** A request runs. */
  @ApiProperty({ type: 'integer', example: 32 })
  busy: number;

  /** The next request may start, and waits for a worker. */
  @ApiProperty({ type: 'integer', example: 3 })
  due: number;

  /** The next request waits for a backoff, a schedule or a rate. */
  @ApiProperty({ type: 'integer', example: 40 })
  timed: number;

  /** The queue is paused or halted. */
  @ApiProperty({ type: 'integer', example: 2 })
  stopped: number;
}

/** Total numbers. */
export class TotalsDto {
  /** Accounts. */
  @ApiProperty({ type: 'integer', example: 120 })
  accounts: number;

  /** Customers for whom accounts enqueue. */
  @ApiProperty({ type: 'integer', example: 10000 })
  customers: number;

  /** Requests that have not ended; `null` if they could not be counted within five seconds. */
  @ApiProperty({ type: 'integer', nullable: true, example: 321 })
  pendingRequests: number | null;

  /** Requests whose attempts have failed so far and that will be retried; `null` if they could not be counted in time. */
  @ApiProperty({ type: 'integer', nullable: true, example: 4 })
  retryingRequests: number | null;

  /** Users with pending requests, by state; `null` while a shard is closed. */
  @ApiProperty({ type: UsersByStateDto, nullable: true })
  users: UsersByStateDto | null;

  /** Users with pending requests who are not being served; `null` while a shard is closed. */
  @ApiProperty({ type: 'integer', nullable: true, example: 45 })
  waitingUsers: number | null;

  /** Users being served; `null` while a shard is closed. */
  @ApiProperty({ type: 'integer', nullable: true, example: 32 })
  servedUsers: number | null;
}

/** The whole service at this moment. `null` means unknown; 0 is always known. */
export class OverviewDto {
  /** How many there are of everything. */
  @ApiProperty({ type: TotalsDto })
  totals: TotalsDto;

  /** How long the longest-waiting due user has been due, in milliseconds; `null` while a shard is closed. */
  @ApiProperty({ type: 'integer', nullable: true, example: 0 })
  lagMs: number | null;

  /**
   * The longest time that a queue's first request has been due without a worker, or retried, in milliseconds; `null`
   * if unknown. Paused, halted, scheduled and limited queues do not count.
   */
  @ApiProperty({ type: 'integer', nullable: true, example: 1200000 })
  oldestHeadMs: number | null;

  /** All shards. */
  @ApiProperty({ type: [ShardDto] })
  shards: ShardDto[];

  /** The latest 50 recoveries of shards, newest first. */
  @ApiProperty({ type: [RecoveryDto] })
  recoveries: RecoveryDto[];

  /** All running processes, and those that ended without a proper shutdown. */
  @ApiProperty({ type: [ProcessDto] })
  processes: ProcessDto[];

  /** The workers of all processes, and external workers that serve a user now. */
  @ApiProperty({ type: [WorkerDto] })
  workers: WorkerDto[];
}
