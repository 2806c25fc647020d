import { Injectable } from '@nestjs/common';
import { FieldError, invalidFields, Problem } from '../../common/errors/problem';
import { longestExternalLeaseMs } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import type { RequestDocument } from '../../journal/request-document';
import { outcomeOfFailure, requestErrorOf } from '../turns/attempt-end';
import { TypeCatalog } from '../../types/type-catalog.service';
import type { AttemptError } from '../../handlers/attempt-error';
import type { Credential } from '../../auth/access/authenticated-user';
import type { ExternalAttempt } from './external-claimant';
import { ExternalClaims } from './external-claims.service';
import { ExternalRecords, RunningExternally } from './external-records.service';
import { holderOf, workerOf } from './holder';
import { ClaimDto, DEFAULT_LEASE_MS, ExtendedDto, WorkOutcomeDto } from './work.dto';

/** The calls of external workers: claim, extend, complete, fail. */
@Injectable()
export class WorkService {
  /** No lease outlives the view under which it was given. The view is read again after a third of its time. (P1) */
  private readonly longestLeaseMs: number;

  constructor(
    private readonly catalog: TypeCatalog,
    private readonly claims: ExternalClaims,
    private readonly records: ExternalRecords,
    settings: QueueSettings,
  ) {
    this.longestLeaseMs = longestExternalLeaseMs(settings);
  }

  /** @param mayHave whether the caller may still have the result @throws Problem validation_failed */
  async claim(
    by: Credential,
    { types, max = 1, leaseMs, waitMs = 0 }: ClaimDto,
    gone: AbortSignal,
    mayHave: () => Promise<boolean>,
  ): Promise<readonly ExternalAttempt[]> {
    const lanes = await this.lanesOf(types);
    return this.claims.claim(
      { worker: workerOf(by), lanes, max, leaseMs: this.leaseOf(leaseMs), waitMs },
      gone,
      mayHave,
    );
  }

  /** @throws Problem not_found, lease_lost, unavailable */
  async extend(
    requestId: string,
    token: number,
    leaseMs: number | undefined,
    by: Credential,
  ): Promise<ExtendedDto> {
    const lease = this.leaseOf(leaseMs);
    const document = await this.records.find(requestId);
    const running = await this.records.extend(document, token, lease, by);
    if (!running) throw leaseLost();
    const { turn } = running;
    return {
      leaseMs: turn.leaseMs,
      leaseUntil: turn.leaseUntil,
      cancelRequested: document.status === 'cancelled',
    };
  }

  /** @param result JSON text @throws Problem not_found, lease_lost, unavailable */
  async complete(
    requestId: string,
    token: number,
    result: string | undefined,
    by: Credential,
  ): Promise<WorkOutcomeDto> {
    return this.end(requestId, token, by, (running, finishedAt) => ({
      record: { ...attemptOf(running, token, finishedAt), outcome: 'succeeded' },
      then: { kind: 'succeeded', result },
    }));
  }

  /** @throws Problem not_found, lease_lost, unavailable */
  async fail(requestId: string, token: number, error: AttemptError, by: Credential): Promise<WorkOutcomeDto> {
    return this.end(requestId, token, by, (running, finishedAt) => ({
      record: { ...attemptOf(running, token, finishedAt), outcome: 'failed', error: requestErrorOf(error) },
      then: outcomeOfFailure(running.document.options, running.attempt, error, finishedAt),
    }));
  }

  /** A repeated report of an end gets the same answer, because the attempt is recorded. */
  private async end(
    requestId: string,
    token: number,
    by: Credential,
    endOf: Parameters<ExternalRecords['end']>[3],
  ): Promise<WorkOutcomeDto> {
    const hasEnded = await this.records.end(await this.records.find(requestId), token, by, endOf);
    const document = await this.records.find(requestId);
    const isOurs = ({ worker }: { worker: string }) => worker.includes(holderOf(by));
    if (!hasEnded && !document.attempts.some((attempt) => attempt.token === token && isOurs(attempt)))
      throw leaseLost();
    return outcomeOf(document);
  }

  private async lanesOf(types: readonly string[]): Promise<string[]> {
    const found = await Promise.all(types.map((type) => this.catalog.find(type)));
    const errors: FieldError[] = found.flatMap((type, i) =>
      type?.external
        ? []
        : [{ pointer: `/types/${i}`, code: 'not_external', detail: `${types[i]} is not an external type` }],
    );
    if (errors.length > 0) throw invalidFields(errors);
    return found.map((type) => type!.lane);
  }

  private leaseOf(leaseMs = Math.min(DEFAULT_LEASE_MS, this.longestLeaseMs)): number {
    if (leaseMs <= this.longestLeaseMs) return leaseMs;
    const detail = `leaseMs must not be greater than ${this.longestLeaseMs}`;
    throw invalidFields([{ pointer: '/leaseMs', code: 'max', detail }]);
  }
}

const attemptOf = ({ turn, attempt, worker }: RunningExternally, token: number, finishedAt: number) => ({
  number: attempt,
  token,
  startedAt: new Date(turn.job.leasedAt),
  finishedAt: new Date(finishedAt),
  worker,
});

function outcomeOf({ pending, status, notBefore }: RequestDocument): WorkOutcomeDto {
  if (!pending) return { status };
  return { status: 'retrying', ...(notBefore === undefined ? {} : { nextAttemptAt: notBefore }) };
}

const leaseLost = () =>
  new Problem('lease_lost', 'Stop: the lease of this attempt has ended, and another attempt may be running.');
