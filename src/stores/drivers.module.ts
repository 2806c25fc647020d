import { Global, Module } from '@nestjs/common';
import { DriverGauges } from '../events/driver-gauges';
import { Drivers } from './drivers.service';

/** Global, because the metrics need it. */
@Global()
@Module({ providers: [{ provide: DriverGauges, useClass: Drivers }], exports: [DriverGauges] })
export class DriversModule {}
