import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { keepPayer } from '../../common/flow/payer';
import { CallThrottle } from '../throttle/call-throttle';
import { payerOf, type AuthenticatedUser } from '../access/authenticated-user';

/** Counts a call against the limits of its account. @throws Problem rate_limited */
@Injectable()
export class CallThrottleGuard implements CanActivate {
  constructor(private readonly throttle: CallThrottle) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = context.switchToHttp().getRequest<{ user: AuthenticatedUser }>();
    const payer = payerOf(call.user);
    keepPayer(call, payer);
    await this.throttle.count(payer);
    return true;
  }
}
