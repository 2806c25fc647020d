import { Global, Module } from '@nestjs/common';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { ClusterReader } from './cluster-reader.service';
import { EventCounter } from './event-counter.service';
import { HttpTimer } from './http-timer.service';
import { MetricsController } from './metrics.controller';
import { MetricsGuard } from './metrics.guard';
import { MetricsRegistry } from './metrics.registry';

/** Counts events and serves `/metrics`. Global, because PrometheusModule creates the controller. */
@Global()
@Module({
  imports: [
    PrometheusModule.register({
      path: '/metrics',
      controller: MetricsController,
      defaultMetrics: { enabled: false }, // MetricsRegistry collects them, once per application
    }),
  ],
  providers: [MetricsRegistry, EventCounter, HttpTimer, ClusterReader, MetricsGuard],
  exports: [MetricsRegistry, ClusterReader, MetricsGuard],
})
export class MetricsModule {}
