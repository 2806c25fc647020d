import { attemptErrorOf } from '../../../src/handlers/attempt-error';
import { AttemptFailure, PermanentFailure, RetryLater } from '../../../src/handlers/failures';

describe('attemptErrorOf', () => {
  it('makes any error retryable', () => {
    expect(attemptErrorOf(new TypeError('x is not a function'))).toEqual({
      code: 'handler_error',
      message: 'x is not a function',
      retryable: true,
    });
  });

  it('keeps the code and the details of a failure', () => {
    expect(attemptErrorOf(new AttemptFailure('no', { code: 'c', details: { a: 1 } }))).toEqual({
      code: 'c',
      message: 'no',
      details: '{"a":1}',
      retryable: true,
    });
  });

  it('makes a permanent failure final', () => {
    expect(attemptErrorOf(new PermanentFailure('no')).retryable).toBe(false);
  });

  it.each([
    [1500, 1500],
    [-1, 0],
    [NaN, 0],
    ['soon' as never, 0], // of a handler in JavaScript
    [Infinity, 86_400_000],
  ])('passes on a wish to wait %d ms as %d ms', (ms, wait) => {
    expect(attemptErrorOf(new RetryLater(ms)).wait).toEqual({ ms: wait, atLeast: false });
    expect(attemptErrorOf(new RetryLater(ms, 'm', { atLeast: true })).wait).toEqual({
      ms: wait,
      atLeast: true,
    });
  });

  it('returns a bounded and valid error, whatever was thrown', () => {
    const large = attemptErrorOf(
      new AttemptFailure('m'.repeat(5_000_000), { details: 'd'.repeat(5_000_000) }),
    );
    expect(JSON.stringify(large).length).toBeLessThan(3_000);
    expect(large.message).toMatch(/m\.\.\. \(cut\)$/);
    expect(large.details).toBe('{"omitted":"too large"}');
  });

  it.each([
    ['text', 'text'],
    [{ a: 1 }, '{"a":1}'],
    [undefined, 'undefined'],
    [Object.assign(new Error(), { message: '' }), 'Error'],
    [1n, 'The handler has thrown something that cannot be shown.'],
  ])('returns an error for %p, which is not one', (thrown, message) =>
    expect(attemptErrorOf(thrown).message).toBe(message),
  );

  it.each<[unknown, string]>([
    [429, '429'],
    [null, 'handler_error'],
    [Object.create(null), 'handler_error'],
  ])('reads the code %p of a handler in JavaScript as %s', (code, read) =>
    expect(attemptErrorOf(new AttemptFailure('no', { code: code as string }))).toMatchObject({
      code: read,
      message: 'no',
    }),
  );

  it('reads an error whose name is not a text', () => {
    expect(attemptErrorOf(Object.assign(new Error(), { name: 7 })).message).toBe('7');
  });

  it('accepts details that are not JSON', () => {
    expect(attemptErrorOf(new AttemptFailure('m', { details: 1n })).details).toBe('{"omitted":"not JSON"}');
  });
});
