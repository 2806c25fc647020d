import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { fieldErrors, inheritedKeyErrors } from '../common/errors/field-errors';
import type { FieldError } from '../common/errors/problem';

const BASE = '/payload';

/**
 * What is wrong with a parsed payload, with pointers from the body on (`/payload/url`). The payload itself is not
 * changed. Asynchronous constraints are not asked.
 */
export function payloadErrors(payloadClass: Type<object>, payload: unknown): FieldError[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return [{ pointer: BASE, code: 'is_object', detail: 'the payload must be a JSON object' }];
  const inherited = inheritedKeyErrors(payload, BASE);
  if (inherited.length > 0) return inherited;
  let instance: object;
  try {
    instance = plainToInstance(payloadClass, payload);
  } catch {
    return [{ pointer: BASE, code: 'unreadable', detail: 'a field of the payload cannot be read' }];
  }
  return fieldErrors(validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }), BASE);
}
