import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIV3 } from 'openapi-types';

/** The document of the built application: `npm test` has compared it with the file. */
export const DOCUMENT = JSON.parse(
  readFileSync(join(__dirname, '../../client/openapi.json'), 'utf8'),
) as OpenAPIV3.Document;

export interface Operation extends OpenAPIV3.OperationObject {
  readonly method: string;
  readonly path: string;
}

/** All operations of the document by their IDs, with all references resolved. */
export async function operationsOf(): Promise<Map<string, Operation>> {
  const { paths } = (await SwaggerParser.dereference(structuredClone(DOCUMENT))) as OpenAPIV3.Document;
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, OpenAPIV3.OperationObject>).map(
        ([method, operation]) => [operation.operationId!, { ...operation, method, path }] as const,
      ),
    ),
  );
}
