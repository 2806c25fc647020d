import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { Problem } from '../../common/errors/problem';
import { BoundedTasks, TaskClass, TooManyTasks } from '../../common/flow/bounded-tasks';

/** argon2id as OWASP recommends it: 19 MiB, two passes, one thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashing takes about 10 ms and a thread of libuv's pool of four. Two at once leave room for DNS and files, and
 * what waits beyond some seconds of work is better told so at once.
 */
const BOUNDS = { parallel: 2, waiting: 1000 } as const;

/** Hashes and verifies passwords, in threads, and never so many at once that the machine has time for nothing else. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly tasks = new BoundedTasks(BOUNDS);
  /** What an account that does not exist is verified against. Nobody knows its password. */
  private nobodysHash: string;

  async onModuleInit(): Promise<void> {
    this.nobodysHash = await this.hash(randomBytes(32).toString('base64url'));
  }

  /**
   * The argon2id hash in PHC form, with its own salt.
   * @throws Problem unavailable while too many wait
   */
  async hash(password: string): Promise<string> {
    return this.inTurn('new', () => hash(normalized(password), COST));
  }

  /**
   * Whether the password is the one that was hashed. Without a hash it is not, and to find that out takes as long:
   * the time of an answer does not tell whether an account exists.
   * @throws Problem unavailable while too many wait
   */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    const matched = await this.inTurn('known', () =>
      verify(passwordHash ?? this.nobodysHash, normalized(password)),
    );
    return matched && passwordHash !== undefined;
  }

  /** Logins go first: however many register, nobody waits for them who has an account. (P5) */
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

/** One password typed on two keyboards may reach us in two Unicode forms. */
const normalized = (password: string) => password.normalize('NFKC');
