import { Injectable, OnModuleInit } from '@nestjs/common';
import { AccountData, AccountDataParts } from '../users/account-data';
import { SecretStore } from './secrets/secret-store.service';

/** Removes the webhook secrets of an ended account. */
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
