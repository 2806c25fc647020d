import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { CATALOGUE, ErrorCode } from './catalogue';
import { PROBLEM_JSON } from './problem-body';
import { ProblemDto } from './problem.dto';

/** Headers that every error of a status has. */
const HEADERS: Readonly<Record<number, { name: string; description: string; example: string }>> = {
  401: { name: 'WWW-Authenticate', description: 'How to authenticate', example: 'Bearer' },
  429: { name: 'Retry-After', description: 'Seconds to wait before the next try', example: '30' },
  503: { name: 'Retry-After', description: 'Seconds to wait before the next try', example: '1' },
};

/** Declares in the OpenAPI document the errors of a route's own, by their codes; those of every route are added. */
export function ApiProblems(...codes: ErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => CATALOGUE[code].status))];
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) => {
      const ofStatus = codes.filter((code) => CATALOGUE[code].status === status);
      const header = HEADERS[status];
      return ApiResponse({
        status,
        description: ofStatus.map((code) => `\`${code}\`: ${CATALOGUE[code].title}`).join('. '),
        content: { [PROBLEM_JSON]: { schema: { $ref: getSchemaPath(ProblemDto) } } },
        ...(header === undefined
          ? {}
          : {
              headers: {
                [header.name]: {
                  description: header.description,
                  schema: { type: 'string', example: header.example },
                },
              },
            }),
      });
    }),
  );
}
