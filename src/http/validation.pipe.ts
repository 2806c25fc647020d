import { ArgumentMetadata, Injectable, Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { UnreadableValue, withMostFields } from '../common/validation/bounded-transform';
import { quickInstance } from '../common/validation/quick-instance';
import { droppedKeyErrors, fieldErrors } from '../common/errors/field-errors';
import { FieldError, invalidFields } from '../common/errors/problem';

/** Most fields and DTOs of one body: enough for the largest batch. */
const MOST_FIELDS = 5_000;

/** Carries the errors from `exceptionFactory` to `transform`, which knows where the value came from. */
class InvalidFields extends Error {
  constructor(readonly found: readonly ValidationError[]) {
    super('invalid fields');
  }
}

/**
 * Validates bodies and queries by their DTO classes. Unknown fields are refused, and no value is converted implicitly
 * (`"false"` does not become `true`).
 * @throws Problem validation_failed with the pointers of all invalid fields
 */
@Injectable()
export class DtoValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      transformOptions: withMostFields(MOST_FIELDS),
      validationError: { target: true, value: true }, // so that errors name the received value
      exceptionFactory: (found: ValidationError[]) => new InvalidFields(found),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return Promise.resolve(value); // made by a decorator of ours; Nest sends all of them here
    const quick =
      metadata.type === 'body' &&
      this.toValidate(metadata) &&
      quickInstance(metadata.metatype as Type<object>, value);
    return quick ? Promise.resolve(quick) : this.validated(value, metadata);
  }

  /** The slow path: lists the errors, and builds nested DTOs. */
  private async validated(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!this.toValidate(metadata)) return (await super.transform(value, metadata)) as unknown;
    const inBody = metadata.type === 'body';
    if (inBody && value !== undefined && !isObject(value)) throw invalidFields([NO_OBJECT]);
    let errors: FieldError[];
    try {
      const transformed: unknown = await super.transform(value, metadata);
      errors = droppedKeyErrors(value, transformed);
      if (inBody && value === undefined) errors.push(NO_OBJECT); // the body is missing, not a field of it
      if (errors.length === 0) return transformed;
    } catch (error) {
      if (error instanceof UnreadableValue)
        throw invalidFields([{ pointer: '', code: error.code, detail: error.message }]);
      if (!(error instanceof InvalidFields)) throw error;
      errors = [...droppedKeyErrors(value, error.found[0]?.target), ...fieldErrors(error.found)];
    }
    throw invalidFields(inBody ? errors : errors.map(asQuery));
  }

  /** Keeps all keys, so that the whitelist sees them: it must refuse `prototype`, which Nest would remove. */
  protected override stripProtoKeys(): void {}
}

const NO_OBJECT: FieldError = { pointer: '', code: 'is_object', detail: 'the body must be a JSON object' };

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asQuery = (error: FieldError): FieldError => ({ ...error, pointer: `?${error.pointer.slice(1)}` });
