import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { AdminActions } from './admin-actions.interceptor';
import { Authenticated } from './authenticated.decorator';
import { RequireScope } from './require-scope.decorator';

/**
 * A controller or route for admins and for their API keys with the scope `admin`. Changes are logged with their actor.
 */
export const AdminOnly = () =>
  applyDecorators(Authenticated(), RequireScope('admin'), UseInterceptors(AdminActions));
