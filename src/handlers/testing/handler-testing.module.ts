import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HandlerRegistry } from '../handler-registry.service';
import { HandlerTester } from './handler-tester.service';

/**
 * What a test of a handler needs, and no store: import it beside the handler, and ask for the HandlerTester.
 *
 *     const module = await Test.createTestingModule({
 *       imports: [HandlerTestingModule],
 *       providers: [GreetHandler],
 *     }).compile();
 *     await module.init();
 */
@Module({
  imports: [DiscoveryModule],
  providers: [HandlerRegistry, HandlerTester],
  exports: [HandlerTester],
})
export class HandlerTestingModule {}
