import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { Problem } from '../common/errors/problem';
import { SecretStore } from './secrets/secret-store.service';
import { WebhookSecretDto } from './webhook-secret.dto';

@ApiTags('Webhooks')
@Authenticated()
@Controller('webhooks/secret')
export class WebhooksController {
  constructor(private readonly secrets: SecretStore) {}

  /** Shows the caller's secret. */
  @Get()
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'getWebhookSecret',
    summary: 'Get the secret that signs your deliveries',
    description:
      'The secret is created at its first use. Deliveries are signed according to Standard Webhooks.',
  })
  @ApiOkResponse({ type: WebhookSecretDto, description: 'The secret' })
  @ApiProblems('webhook_secret_lost')
  async get(@CurrentUser() { userId }: AuthenticatedUser): Promise<WebhookSecretDto> {
    const [current, previous] = await this.secrets.of(userId);
    if (current?.secret === undefined)
      throw new Problem(
        'webhook_secret_lost',
        "The server's own secret has changed. Rotate the webhook secret.",
      );
    return {
      secret: current.secret,
      createdAt: current.createdAt,
      ...(previous?.signsUntil === undefined ? {} : { previousSignsUntil: previous.signsUntil }),
    };
  }

  /** Replaces the caller's secret. */
  @Post('rotate')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Rotate the secret that signs your deliveries',
    description:
      'For 24 hours every delivery also has a signature by the old secret, at most five in all. Switch your ' +
      'receivers to the new secret within that time.',
  })
  @ApiOkResponse({ type: WebhookSecretDto, description: 'The new secret' })
  async rotate(@CurrentUser() user: AuthenticatedUser): Promise<WebhookSecretDto> {
    await this.secrets.rotate(user.userId);
    return this.get(user);
  }
}
