import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { JwtAuthGuard } from './jwt-auth.guard';

/** A controller or a route for logged-in users alone, judged before anything of the request is validated. */
export const Authenticated = () =>
  applyDecorators(UseGuards(JwtAuthGuard), ApiBearerAuth(), ApiProblems('unauthorized'));
