import type { Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { toInstance, UnreadableValue } from '../common/validation/bounded-transform';
import { droppedKeyErrors, fieldErrors } from '../common/errors/field-errors';
import type { FieldError } from '../common/errors/problem';

const BASE = '/payload';

/**
 * The errors of a parsed payload, with pointers into the body (`/payload/url`). Does not change the payload. Ignores
 * asynchronous constraints.
 */
export function payloadErrors(payloadClass: Type<object>, payload: unknown): FieldError[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return [{ pointer: BASE, code: 'is_object', detail: 'the payload must be a JSON object' }];
  let instance: object;
  try {
    instance = toInstance(payloadClass, payload);
  } catch (error) {
    const { code, message } =
      error instanceof UnreadableValue ? error : { code: 'unreadable', message: 'a field cannot be read' };
    return [{ pointer: BASE, code, detail: `the payload is not valid: ${message}` }];
  }
  const found = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  return [...droppedKeyErrors(payload, instance, BASE), ...fieldErrors(found, BASE)];
}
