import { ArgumentMetadata, Injectable, Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { UnreadableValue, withMostFields } from '../common/validation/bounded-transform';
import { quickInstance } from '../common/validation/quick-instance';
import { droppedKeyErrors, fieldErrors } from '../common/errors/field-errors';
import { FieldError, invalidFields } from '../common/errors/problem';

/** Fields, and DTOs, of one body: enough for the largest batch. */
const MOST_FIELDS = 5_000;

/** Carries the errors from `exceptionFactory` to `transform`, which knows where the value came from. */
class InvalidFields extends Error {
  constructor(readonly found: readonly ValidationError[]) {
    super('invalid fields');
  }
}

/**
 * Validates bodies and queries by their DTO classes. Unknown fields are refused, and nothing is converted behind
 * a DTO's back (`"false"` does not become `true`).
 * @throws Problem validation_failed with the pointers of all fields that are wrong
 */
@Injectable()
export class DtoValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      transformOptions: withMostFields(MOST_FIELDS),
      validationError: { target: true, value: true }, // to say what came
      exceptionFactory: (found: ValidationError[]) => new InvalidFields(found),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return Promise.resolve(value); // made by a decorator of ours; Nest asks for all of them
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
      if (inBody && value === undefined) errors.push(NO_OBJECT); // no field is missing, but the body is
      if (errors.length === 0) return transformed;
    } catch (error) {
      if (error instanceof UnreadableValue)
        throw invalidFields([{ pointer: '', code: error.code, detail: error.message }]);
      if (!(error instanceof InvalidFields)) throw error;
      errors = [...droppedKeyErrors(value, error.found[0]?.target), ...fieldErrors(error.found)];
    }
    throw invalidFields(inBody ? errors : errors.map(asQuery));
  }

  /** Nothing is taken out of a value behind the whitelist's back: it would refuse `prototype`, which this removes. */
  protected override stripProtoKeys(): void {}
}

const NO_OBJECT: FieldError = { pointer: '', code: 'is_object', detail: 'the body must be a JSON object' };

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asQuery = (error: FieldError): FieldError => ({ ...error, pointer: `?${error.pointer.slice(1)}` });
