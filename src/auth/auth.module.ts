import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { MongooseModule } from '@nestjs/mongoose';
import { AuthSettings } from '../config/settings';
import { UsersModule } from '../users/users.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { JwtAuthGuard } from './guards/jwt-auth.guard';
import { JwtStrategy } from './guards/jwt.strategy';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionCheck } from './sessions/session-check';
import { Session, SessionSchema } from './sessions/session.schema';
import { SessionsService } from './sessions/sessions.service';
import { LoginThrottle } from './throttle/login-throttle';
import { RegistrationThrottle } from './throttle/registration-throttle';
import { ThrottleLimits } from './throttle/throttle-limits';
import { AccessTokens, signingOptions } from './tokens/access-tokens';
import { RefreshTokens } from './tokens/refresh-tokens';

/** Accounts' ways in, and the guard that every other room's routes use: global for its sake. */
@Global()
@Module({
  imports: [
    UsersModule,
    MongooseModule.forFeature([{ name: Session.name, schema: SessionSchema }]),
    JwtModule.registerAsync({ inject: [AuthSettings], useFactory: signingOptions }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    AccessTokens,
    JwtAuthGuard,
    JwtStrategy,
    LoginThrottle,
    PasswordHasher,
    RefreshTokens,
    RegistrationThrottle,
    SessionCheck,
    SessionsService,
    ThrottleLimits,
  ],
  exports: [JwtAuthGuard, SessionCheck, SessionsService],
})
export class AuthModule {}
