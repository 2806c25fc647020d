import { Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { CustomHandlers, customModules } from '../custom-handlers';
import { HandlerRegistry } from '../handler-registry.service';
import { HandlerTester } from './handler-tester.service';

/**
 * Everything that a test of a handler needs, without a store: import it together with the handler, and get the
 * HandlerTester. (`testerOf` does that for you.)
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

/**
 * A tester for these handlers, with the providers of their modules. To replace those providers, use
 * HandlerTestingModule instead.
 */
export async function testerOf(handlers: CustomHandlers): Promise<HandlerTester> {
  const module = { module: HandlerTestingModule, imports: customModules(handlers) };
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  return context.get(HandlerTester);
}
