export type { TestAttempt, TestRun } from './handler-tester.service';
export { HandlerTester } from './handler-tester.service';
export { HandlerTestingModule, testerOf } from './handler-testing.module';
