import { ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { fieldErrors, inheritedKeyErrors } from '../common/errors/field-errors';
import { FieldError, invalidFields } from '../common/errors/problem';

/** Carries what was found from `exceptionFactory` to `transform`, which knows where the value came from. */
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
      validationError: { target: false, value: false },
      exceptionFactory: (found: ValidationError[]) => new InvalidFields(found),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!this.toValidate(metadata)) return (await super.transform(value, metadata)) as unknown;
    const inBody = metadata.type === 'body';
    if (inBody && value !== undefined && !isObject(value)) throw invalidFields([NO_OBJECT]);
    const errors = isObject(value) ? inheritedKeyErrors(value) : [];
    try {
      if (errors.length === 0) {
        const transformed: unknown = await super.transform(value, metadata);
        if (!inBody || value !== undefined) return transformed;
        errors.push(NO_OBJECT); // no field is missing, but the body is
      }
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      errors.push(...fieldErrors(error.found));
    }
    throw invalidFields(inBody ? errors : errors.map(asQuery));
  }
}

const NO_OBJECT: FieldError = { pointer: '', code: 'is_object', detail: 'the body must be a JSON object' };

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asQuery = (error: FieldError): FieldError => ({ ...error, pointer: `?${error.pointer.slice(1)}` });
