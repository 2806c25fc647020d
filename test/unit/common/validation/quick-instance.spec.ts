import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import * as fc from 'fast-check';
import { quickInstance } from '../../../../src/common/validation/quick-instance';
import { DtoValidationPipe } from '../../../../src/http/validation.pipe';
import { BatchItemDto, EnqueueDto } from '../../../../src/enqueue/enqueue.dto';

const echo = { type: 'echo', payload: { constructor: 1, toString: [2] } };

const right = {
  type: fc.string({ minLength: 1, maxLength: 64 }),
  payload: fc.jsonValue(),
  delayMs: fc.nat(3),
  runAt: fc.constant('2026-03-01T09:30:00Z'),
  maxAttempts: fc.integer({ min: 1, max: 100 }),
  timeoutMs: fc.integer({ min: 1, max: 3_600_000 }),
  backoff: fc.constant({ type: 'fixed', delayMs: 1 }),
  callbackUrl: fc.constant('https://example.com/a'),
  tags: fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }), { maxLength: 16 }),
};
/** Values at or beyond a bound, or of another type. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    -1,
    0,
    0.5,
    101,
    3_600_001,
    '',
    'x'.repeat(65),
    '2026-02-30T09:30:00Z',
    'file:///etc/passwd',
  ),
  fc.array(fc.string({ maxLength: 66 }), { maxLength: 18 }),
);
const names = [...Object.keys(right), 'other', 'toString', 'constructor'];
/** A valid body with up to two fields that may be invalid, as a parser returns it. */
const bodies = fc
  .tuple(
    fc.record(right, { requiredKeys: ['type', 'payload'] }),
    fc.array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 2 }),
  )
  .map(([body, wrong]) => JSON.parse(JSON.stringify({ ...body, ...Object.fromEntries(wrong) })) as object);

describe('quickInstance', () => {
  it('returns what the pipe returns, or undefined', async () => {
    /** The pipe without the shortcut: a value that is not plain takes it. */
    const pipe = new DtoValidationPipe();
    const longWay = (body: object) =>
      pipe['validated'](body, { type: 'body', metatype: EnqueueDto, data: undefined });
    let quick = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const instance = quickInstance(EnqueueDto, structuredClone(body));
        if (instance === undefined) return;
        quick += 1;
        expect(instance).toBeInstanceOf(EnqueueDto);
        expect(instance).toEqual(await longWay(body));
      }),
      { numRuns: 2000 },
    );
    expect(quick).toBeGreaterThan(50);
  });

  it.each([
    [echo],
    [{ ...echo, delayMs: 0, maxAttempts: 100, timeoutMs: 1 }],
    [{ ...echo, runAt: '2026-03-01T09:30:00Z', tags: ['a', 'b'], callbackUrl: 'https://example.com' }],
    [{ type: 'echo', payload: null }],
  ])('takes %j', (body) => expect(quickInstance(EnqueueDto, body)).toEqual(expect.objectContaining(body)));

  it('keeps the value of a field that may be any JSON', () => {
    expect(quickInstance(EnqueueDto, echo)?.payload).toBe(echo.payload);
    expect(quickInstance(BatchItemDto, echo)?.payload).toBe(echo.payload);
  });

  it.each([
    ['a wrong field', { ...echo, delayMs: -1 }],
    ['a missing field', { type: 'echo' }],
    ['an unknown field', { ...echo, other: 1 }],
    ['a field that every object has', { ...echo, toString: 1 }],
    ['a nested DTO', { ...echo, backoff: { type: 'fixed', delayMs: 1 } }],
    ['a list of objects', { ...echo, tags: [{}] }],
    ['one wrong item', { ...echo, tags: ['a', ''] }],
    ['a list', [echo]],
    ['no object', 'echo'],
    ['nothing', undefined],
  ])('leaves %s to the pipe', (_, body) => expect(quickInstance(EnqueueDto, body)).toBeUndefined());

  it('leaves fields that are transformed to the pipe', () => {
    class Item {
      @IsString() name: string;
    }
    class Probe {
      @IsOptional() @Type(() => Date) when?: Date;
      @IsOptional() @ValidateNested() @Type(() => Item) item?: Item;
      @IsOptional() @IsArray() @IsInt({ each: true }) counts?: number[];
      @IsBoolean() all: boolean;
    }
    expect(quickInstance(Probe, { all: true, counts: [1, 2] })).toEqual(
      expect.objectContaining({ all: true, counts: [1, 2] }),
    );
    expect(quickInstance(Probe, { all: true, counts: [1, 'x'] })).toBeUndefined();
    expect(quickInstance(Probe, { all: true, when: '2026-03-01T09:30:00Z' })).toBeUndefined();
    expect(quickInstance(Probe, { all: true, item: { name: 'x' } })).toBeUndefined();
  });
});
