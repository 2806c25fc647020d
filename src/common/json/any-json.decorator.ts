import { applyDecorators } from '@nestjs/common';
import { Transform, Type, type TransformFnParams } from 'class-transformer';

/** The transform of `AnyJson`: it changes nothing. */
export const asItWas = ({ obj, key }: TransformFnParams): unknown => (obj as Record<string, unknown>)[key];

/**
 * A DTO field that may be any JSON value and keeps it untouched. Without this class-transformer rebuilds the
 * value: it loses members named `toString` or `constructor`, and fails on `{"constructor": 1}`.
 */
export const AnyJson = () =>
  applyDecorators(
    // Boolean is a type that class-transformer does not descend into; the transform below restores the value.
    Type(() => Boolean),
    Transform(asItWas),
  );
