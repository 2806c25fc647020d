import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthSettings } from '../config/settings';
import { User, UserSchema } from '../users/user.schema';
import { UsersModule } from '../users/users.module';
import { AccessCheck } from './guards/access-check';
import { AccountController } from './account/account.controller';
import { ApiKeyCheck } from './credentials/api-key-check';
import { ApiKey, ApiKeySchema } from './credentials/api-key.schema';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ApiKeysService } from './api-keys/api-keys.service';
import { CredentialsModule } from './credentials/credentials.module';
import { KeyUses } from './credentials/key-uses';
import { AuthController } from './login/auth.controller';
import { AuthService } from './login/auth.service';
import { CustomersController } from './erasure/customers.controller';
import { ErasuresLoop } from './erasure/erasures.loop';
import { Erasures } from './erasure/erasures.service';
import { ApiKeyGuard } from './guards/api-key.guard';
import { BodyGate } from './guards/body-gate';
import { KnownCallers } from './guards/known-callers';
import { StrangerGate } from './guards/stranger-gate';
import { JwtAuthGuard } from './guards/jwt-auth.guard';
import { JwtStrategy } from './guards/jwt.strategy';
import { VerifiedTokens } from './guards/verified-tokens';
import { CommonPasswords } from './passwords/common-passwords';
import { PasswordChangesService } from './passwords/password-changes.service';
import { PasswordCheck } from './passwords/password-check.service';
import { PasswordHasher } from './passwords/password-hasher';
import { PasswordPolicy } from './passwords/password-policy';
import { PasswordResetsModule } from './passwords/password-resets.module';
import { PasswordController } from './passwords/password.controller';
import { OwnSessionsService } from './sessions/own-sessions.service';
import { PortalLinkCheck } from './credentials/portal-link-check';
import { PortalLink, PortalLinkSchema } from './credentials/portal-link.schema';
import { PortalLinksController } from './portal/portal-links.controller';
import { PortalLinks } from './portal/portal-links.service';
import { SessionCheck } from './credentials/session-check';
import { Session, SessionSchema } from './credentials/session.schema';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { CallThrottle } from './throttle/call-throttle';
import { CostlyCalls } from './throttle/costly-calls';
import { LongCalls } from './throttle/long-calls';
import { LoginThrottle } from './throttle/login-throttle';
import { RegistrationThrottle } from './throttle/registration-throttle';
import { StrangerThrottle } from './throttle/stranger-throttle';
import { ThrottleLimits } from './throttle/throttle-limits';
import { AccessTokens, jwtOptions } from './tokens/access-tokens';
import { RefreshTokens } from './tokens/refresh-tokens';

const documents = MongooseModule.forFeature([
  { name: Session.name, schema: SessionSchema },
  { name: ApiKey.name, schema: ApiKeySchema },
  { name: PortalLink.name, schema: PortalLinkSchema },
  { name: User.name, schema: UserSchema },
]);

const loggingIn = [AuthService, LoginThrottle, RegistrationThrottle, ThrottleLimits];
const sessions = [SessionsService, OwnSessionsService, SessionCheck, AccessTokens, RefreshTokens];
const portal = [PortalLinks, PortalLinkCheck];
const apiKeys = [ApiKeysService, ApiKeyCheck, KeyUses];
const passwords = [CommonPasswords, PasswordPolicy, PasswordHasher, PasswordCheck, PasswordChangesService];
const erasing = [Erasures, ErasuresLoop];
const guards = [
  AccessCheck,
  ApiKeyGuard,
  BodyGate,
  CallThrottle,
  CostlyCalls,
  JwtAuthGuard,
  JwtStrategy,
  KnownCallers,
  LongCalls,
  StrangerGate,
  StrangerThrottle,
  VerifiedTokens,
];

/** Login, API keys, portal links and guards. Global, because routes of every module use the guards. */
@Global()
@Module({
  imports: [
    UsersModule,
    PasswordResetsModule,
    CredentialsModule,
    documents,
    JwtModule.registerAsync({ inject: [AuthSettings], useFactory: jwtOptions }),
  ],
  controllers: [
    AuthController,
    AccountController,
    CustomersController,
    PasswordController,
    SessionsController,
    ApiKeysController,
    PortalLinksController,
  ],
  providers: [...loggingIn, ...sessions, ...apiKeys, ...portal, ...passwords, ...erasing, ...guards],
  exports: [
    AccessCheck,
    Erasures,
    ApiKeyGuard,
    CallThrottle,
    CostlyCalls,
    JwtAuthGuard,
    KnownCallers,
    LongCalls,
    UsersModule,
  ],
})
export class AuthModule {}
