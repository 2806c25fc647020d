import { Global, Module } from '@nestjs/common';
import { DriverGauges } from '../events/driver-gauges';
import { Drivers } from './drivers.service';

/** Global for the metrics alone. */
@Global()
@Module({ providers: [{ provide: DriverGauges, useClass: Drivers }], exports: [DriverGauges] })
export class DriversModule {}
