import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { Problem } from '../../common/errors/problem';
import { NEWEST_FIRST } from '../../common/lists/newest-first';
import { AuthSettings } from '../../config/settings';
import { REFRESH_GRACE_MS, REFRESH_TOKEN_MS } from '../tokens/lifetimes';
import { hashOf, RefreshTokens } from '../tokens/refresh-tokens';
import { Session } from '../credentials/session.schema';

/** A session as its owner gets it, with the current refresh token. */
export interface OpenSession {
  readonly id: string;
  readonly userId: string;
  readonly refreshToken: string;
  /** When this refresh token became the current one. */
  readonly rotatedAt: Date;
}

/** Sessions of one account. */
export const MOST_SESSIONS = 100;
/** Spent tokens that a session remembers: enough for a client's repeated calls, in whatever order they race. */
const SPENT_REMEMBERED = 8;
const USER_AGENT_LENGTH = 200;

/**
 * Sessions and their refresh tokens.
 *
 * A token is `current` until it is used, then `spent`. Using the current one replaces it by its successor in one
 * conditional write, which matches for only one of several concurrent calls. The others find that their token was spent
 * a moment ago and get the current token. So a race leaves one chain of tokens and logs nobody out. If a token was
 * spent longer ago, two parties hold it, and the session ends for both.
 *
 * However often its token is replaced, a session ends `sessionMaxMs` after its login.
 */
@Injectable()
export class SessionsService {
  private readonly log = new EventLog(SessionsService.name);

  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    private readonly tokens: RefreshTokens,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
  ) {}

  /**
   * Opens a session. Beyond MOST_SESSIONS of the user, the oldest end.
   * @param userAgent of the client
   */
  async open(userId: string, userAgent?: string): Promise<OpenSession> {
    const id = uuidv7();
    const now = this.clock.wall();
    const refreshToken = this.tokens.issue(id);
    await this.sessions.create({
      _id: id,
      userId,
      tokenHash: hashOf(refreshToken),
      rotatedAt: new Date(now),
      spent: [],
      createdAt: new Date(now),
      ...(userAgent === undefined ? {} : { userAgent: userAgent.slice(0, USER_AGENT_LENGTH) }),
      expiresAt: new Date(now + Math.min(REFRESH_TOKEN_MS, this.settings.sessionMaxMs)),
    });
    await this.endOldest(userId);
    return { id, userId, refreshToken, rotatedAt: new Date(now) };
  }

  /** Whose session a refresh token of ours is of, good or spent; undefined once the session has ended. */
  async ownerOf(token: string): Promise<string | undefined> {
    const _id = this.tokens.sessionOf(token);
    if (_id === undefined) return undefined;
    return (await this.sessions.findById(_id, { userId: 1 }).lean<Pick<Session, 'userId'>>())?.userId;
  }

  /**
   * Replaces a refresh token. A repeated call within REFRESH_GRACE_MS gets the same answer as the first.
   * @throws Problem invalid_refresh_token; if the token was spent earlier than that, its session has ended
   */
  async refresh(token: string): Promise<OpenSession> {
    const id = this.tokens.sessionOf(token);
    if (id === undefined) throw invalidRefreshToken();
    const now = this.clock.wall();
    const [successor] = this.tokens.successors(token);
    const { sessionMaxMs } = this.settings;
    // Checks createdAt too: SESSION_MAX_DAYS may have been longer when expiresAt was written.
    const alive = {
      _id: id,
      expiresAt: { $gt: new Date(now) },
      createdAt: { $gt: new Date(now - sessionMaxMs) },
    };
    const spent = { hash: hashOf(token), at: new Date(now) };
    const rotated = await this.sessions
      .findOneAndUpdate(
        { ...alive, tokenHash: hashOf(token) },
        [
          {
            $set: {
              tokenHash: hashOf(successor),
              rotatedAt: new Date(now),
              expiresAt: { $min: [new Date(now + REFRESH_TOKEN_MS), { $add: ['$createdAt', sessionMaxMs] }] },
              spent: { $slice: [{ $concatArrays: ['$spent', [spent]] }, -SPENT_REMEMBERED] },
            },
          },
        ],
        { returnDocument: 'after', updatePipeline: true },
      )
      .lean<Session>();
    if (rotated !== null) return opened(rotated, successor);

    const session = await this.sessions.findOne(alive).lean<Session>();
    if (session === null) throw invalidRefreshToken();
    const current = this.currentAfter(token, session, now);
    if (current !== undefined) return opened(session, current);
    await this.end(id);
    this.log.write('session.reused', { sessionId: id, userId: session.userId });
    throw invalidRefreshToken();
  }

  /** Ends a session: every process refuses its access and refresh tokens from now on. */
  async end(sessionId: string): Promise<void> {
    await this.sessions.deleteOne({ _id: sessionId });
  }

  /** A program that logs in for each call and never logs out must not fill the store. */
  private async endOldest(userId: string): Promise<void> {
    const tooMany = await this.sessions
      .find({ userId }, { _id: 1 })
      .sort(NEWEST_FIRST)
      .skip(MOST_SESSIONS)
      .lean<Pick<Session, '_id'>[]>();
    if (tooMany.length > 0) await this.sessions.deleteMany({ _id: { $in: tooMany.map(({ _id }) => _id) } });
  }

  /** The current token, derived from one that was spent within the grace time. */
  private currentAfter(token: string, { spent, tokenHash }: Session, now: number): string | undefined {
    const index = spent.findIndex(({ hash }) => hash === hashOf(token));
    const found = spent[index];
    if (found === undefined || now - found.at.getTime() > REFRESH_GRACE_MS) return undefined;
    // A process with another first secret may have made a step: the stored hash shows which secret it used.
    const hashes = [...spent.slice(index + 1).map(({ hash }) => hash), tokenHash];
    let current: string | undefined = token;
    for (const hash of hashes)
      current = current && this.tokens.successors(current).find((next) => hashOf(next) === hash);
    return current;
  }
}

const opened = ({ _id, userId, rotatedAt }: Session, refreshToken: string): OpenSession => ({
  id: _id,
  userId,
  refreshToken,
  rotatedAt,
});

export const invalidRefreshToken = (): Problem =>
  new Problem(
    'invalid_refresh_token',
    'The refresh token is unknown, used or expired, or its session has reached its longest lifetime: log in again.',
  );
