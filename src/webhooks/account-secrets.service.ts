import { Injectable, OnModuleInit } from '@nestjs/common';
import { AccountData, AccountDataParts } from '../users/account-data';
import { SecretStore } from './secrets/secret-store.service';

/** Ends the webhook secrets of a user whose account has ended. */
@Injectable()
export class AccountSecrets implements AccountData, OnModuleInit {
  constructor(
    private readonly parts: AccountDataParts,
    private readonly secrets: SecretStore,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  async endAccount(userId: string): Promise<void> {
    await this.secrets.remove(userId);
  }
}
