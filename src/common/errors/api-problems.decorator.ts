import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiExtraModels } from '@nestjs/swagger';
import type { ErrorCode } from './catalogue';
import { ProblemDto } from './problem.dto';

/**
 * Marks an operation until its responses are declared. One mark per code, so that those of a class and of a method add
 * up.
 */
export const PROBLEM_MARK = 'x-problem-';

/** Declares the errors of a route or controller, besides those of every route, which the document adds. */
export const ApiProblems = (...codes: ErrorCode[]) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...codes.map((code) => ApiExtension(`${PROBLEM_MARK}${code}`, true)),
  );
