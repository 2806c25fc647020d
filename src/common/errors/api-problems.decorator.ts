import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiExtraModels } from '@nestjs/swagger';
import type { ErrorCode } from './catalogue';
import { ProblemDto } from './problem.dto';

/** Marks an operation until its responses are declared. One for each code: those of a class and of a method add up. */
export const PROBLEM_MARK = 'x-problem-';

/** Says which errors a route, or a controller, has of its own; those of every route are added to the document. */
export const ApiProblems = (...codes: ErrorCode[]) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...codes.map((code) => ApiExtension(`${PROBLEM_MARK}${code}`, true)),
  );
