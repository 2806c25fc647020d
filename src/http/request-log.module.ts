import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { LogSettings } from '../config/settings';
import { logParams } from './log-params';

@Module({ imports: [LoggerModule.forRootAsync({ inject: [LogSettings], useFactory: logParams })] })
export class RequestLogModule {}
