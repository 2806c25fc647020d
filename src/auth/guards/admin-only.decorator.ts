import { applyDecorators } from '@nestjs/common';
import { Authenticated } from './authenticated.decorator';
import { RequireScope } from './require-scope.decorator';

/** A controller or a route for admins, and for their API keys with the scope `admin`. */
export const AdminOnly = () => applyDecorators(Authenticated(), RequireScope('admin'));
