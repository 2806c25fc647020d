import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { CallThrottleGuard } from './call-throttle.guard';
import { CredentialGuard } from './credential.guard';
import { CustomerGuard } from './customer.guard';
import { ProtectedRoute } from './protected-route';
import { ScopeGuard } from './scope.guard';
import { UnreadBodyGuard } from './unread-body.guard';

/**
 * A controller or route for authenticated users. Guards check, before anything of the request is validated: who calls,
 * how often, for whom, with which scope (`@RequireScope()`), and whether the route reads the body that was sent. The
 * body of a stranger is not even read (BodyGate).
 */
export const Authenticated = () =>
  applyDecorators(
    ProtectedRoute(),
    UseGuards(CredentialGuard, CallThrottleGuard, CustomerGuard, ScopeGuard, UnreadBodyGuard),
    ApiBearerAuth(),
    ApiProblems('unauthorized', 'account_locked', 'forbidden', 'rate_limited'),
  );
