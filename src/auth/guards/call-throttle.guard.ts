import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { CallThrottle } from '../throttle/call-throttle';
import { payerOf, type AuthenticatedUser } from '../access/authenticated-user';

/** Whether an account may make one more call now. @throws Problem rate_limited */
@Injectable()
export class CallThrottleGuard implements CanActivate {
  constructor(private readonly throttle: CallThrottle) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user } = context.switchToHttp().getRequest<{ user: AuthenticatedUser }>();
    await this.throttle.count(payerOf(user));
    return true;
  }
}
