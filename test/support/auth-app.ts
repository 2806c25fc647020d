import { randomUUID } from 'node:crypto';
import { Controller, Post, Body } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import request, { type Test } from 'supertest';
import { AuthModule } from '../../src/auth/auth.module';
import { Authenticated } from '../../src/auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../../src/auth/access/authenticated-user';
import { CurrentUser } from '../../src/auth/guards/current-user.decorator';
import { MongoModule } from '../../src/stores/mongo/mongo.module';
import { RedisModule } from '../../src/stores/redis/redis.module';
import { startProbeServer } from './probe-server';

class NoteDto {
  @IsString() text: string;
}

/** A controller outside of auth that uses the guard. */
@Controller('notes')
@Authenticated()
class NotesController {
  @Post()
  write(@CurrentUser() { userId, credential, scopes }: AuthenticatedUser, @Body() { text }: NoteDto) {
    return { userId, credential, scopes: [...scopes], text };
  }
}

export interface Stores {
  readonly redisUrl: string;
  readonly mongodbUri: string;
}

/** Accounts and sessions in one process on real stores; X-Forwarded-For names the client's address. */
export class AuthApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  /** @param trustProxy the proxies whose X-Forwarded-For is trusted; '' for none, as if the variable was not set */
  static async start({ redisUrl, mongodbUri }: Stores, trustProxy = '127.0.0.1'): Promise<AuthApp> {
    const { app, url } = await startProbeServer(
      { imports: [MongoModule, RedisModule, AuthModule], controllers: [NotesController] },
      { REDIS_URL: redisUrl, MONGODB_URI: mongodbUri, TRUST_PROXY: trustProxy },
    );
    return new AuthApp(app, url);
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  post(path: string, body: object, address = '192.0.2.1'): Test {
    return request(this.url).post(path).set('x-forwarded-for', address).send(body);
  }

  /** Posts with an access token and without a body. */
  postAs(token: string, path: string): Test {
    return request(this.url).post(path).auth(token, { type: 'bearer' });
  }

  me(token: string): Test {
    return request(this.url).get('/auth/me').auth(token, { type: 'bearer' });
  }

  /** Creates an account. */
  async register(): Promise<Account> {
    const account = newAccount();
    await this.post('/auth/register', account).expect(201);
    return account;
  }

  /** Creates an account and its first session. */
  async join(): Promise<Joined> {
    const account = await this.register();
    const tokens = await this.login(account);
    const { body } = await this.me(tokens.accessToken).expect(200);
    return { ...account, ...tokens, id: body.id };
  }

  /** Opens another session of an account. */
  async login({ email, password }: Account): Promise<Tokens> {
    const { body } = await this.post('/auth/login', { email, password }).expect(200);
    return body;
  }
}

export interface Account {
  readonly email: string;
  readonly password: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Joined extends Account, Tokens {
  readonly id: string;
}

export const newAccount = (): Account => ({
  email: `${randomUUID()}@example.com`,
  password: 'correct horse battery',
});

/** An address that no other test uses, because throttles count by address. */
export const newAddress = (): string => `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`;
