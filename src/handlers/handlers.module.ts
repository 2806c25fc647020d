import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HandlerSettings } from '../config/settings';
import { EchoHandler } from './built-in/echo.handler';
import { SleepHandler } from './built-in/sleep.handler';
import { HandlerRegistry } from './handler-registry.service';
import { HttpHandler } from './http/http.handler';
import { OutboundProxies } from './http/outbound-proxies';
import { TargetConnections } from './http/target-connections.service';
import { TargetDeliveries } from './http/target-deliveries.service';
import { TargetPolicy } from './http/target-policy.service';
import { TargetResolver } from './http/target-resolver';

/** The registry, which finds handlers in every module, and the built-in handlers. Needs a global DeliverySigner. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    HandlerRegistry,
    EchoHandler,
    {
      provide: SleepHandler,
      inject: [HandlerSettings],
      useFactory: ({ sleeps }: HandlerSettings) => (sleeps ? new SleepHandler() : undefined),
    },
    HttpHandler,
    OutboundProxies,
    TargetConnections,
    TargetDeliveries,
    TargetPolicy,
    { provide: TargetResolver, useFactory: () => TargetResolver.ofSystem() },
  ],
  exports: [HandlerRegistry, TargetDeliveries],
})
export class HandlersModule {}
