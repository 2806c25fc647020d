import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { Problem } from '../../common/errors/problem';
import { BoundedTasks, TaskClass, TooManyTasks } from '../../common/flow/bounded-tasks';

/** argon2id as OWASP recommends it: 19 MiB, two passes, one thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashing takes about 10 ms and one of the four threads of libuv's pool. Two at once leave threads for DNS and files.
 * Beyond some seconds of queued work it is better to refuse at once.
 */
const BOUNDS = { parallel: 2, waiting: 1000 } as const;

/** Hashes and verifies passwords in threads, with a limit so that the machine has time for other work. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly tasks = new BoundedTasks(BOUNDS);
  /** Verified against when the account does not exist. Nobody knows its password. */
  private nobodysHash: string;

  async onModuleInit(): Promise<void> {
    this.nobodysHash = await this.hash(randomBytes(32).toString('base64url'));
  }

  /**
   * The argon2id hash in PHC form, with its own salt.
   * @throws Problem unavailable while too many calls wait
   */
  async hash(password: string): Promise<string> {
    return this.inTurn('new', () => hash(normalizedPassword(password), COST));
  }

  /**
   * Whether the password matches the hash. Without a hash it does not, and takes as long: the time of an answer does
   * not reveal whether an account exists.
   * @throws Problem unavailable while too many calls wait
   */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    const matched = await this.inTurn('known', () =>
      verify(passwordHash ?? this.nobodysHash, normalizedPassword(password)),
    );
    return matched && passwordHash !== undefined;
  }

  /** Logins go first: registrations never delay them. (P5) */
  private async inTurn<T>(of: TaskClass, task: () => Promise<T>): Promise<T> {
    try {
      return await this.tasks.run(of, task);
    } catch (error) {
      if (!(error instanceof TooManyTasks)) throw error;
      throw new Problem('unavailable', 'Too many passwords are being verified right now.', {
        retryAfterSeconds: 2,
        cause: error,
      });
    }
  }
}

/**
 * The form in which a password is judged, hashed and verified: the same password typed on two keyboards can arrive in two
 * Unicode forms (NFKC).
 */
export const normalizedPassword = (password: string): string => password.normalize('NFKC');
