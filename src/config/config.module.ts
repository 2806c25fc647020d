import { DynamicModule, Global, Module } from '@nestjs/common';
import {
  AuthSettings,
  HandlerSettings,
  HttpSettings,
  LogSettings,
  MetricsSettings,
  QueueSettings,
  RequestSettings,
  Settings,
  ShellSettings,
  StoreSettings,
  WorkerSettings,
} from './settings';

/** Provides each slice of the settings as a provider of its own. */
@Global()
@Module({})
export class ConfigModule {
  static of(settings: Settings): DynamicModule {
    const providers = [
      { provide: Settings, useValue: settings },
      { provide: HttpSettings, useValue: settings.http },
      { provide: StoreSettings, useValue: settings.stores },
      { provide: AuthSettings, useValue: settings.auth },
      { provide: QueueSettings, useValue: settings.queue },
      { provide: RequestSettings, useValue: settings.requests },
      { provide: WorkerSettings, useValue: settings.worker },
      { provide: HandlerSettings, useValue: settings.handlers },
      { provide: MetricsSettings, useValue: settings.metrics },
      { provide: LogSettings, useValue: settings.log },
      { provide: ShellSettings, useValue: settings.shell },
    ];
    return { module: ConfigModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
