import type { FastifyInstance } from 'fastify';
import { Problem } from '../common/errors/problem';
import { refusalOf } from './refused-paths';
import { RouteTable } from './route-table';

/**
 * Answers calls that no route serves: 404, or 405 with `Allow` if the path has other methods; OPTIONS answers with
 * `Allow`. Decides before the body is read, so that a wrong path never looks like a wrong body.
 */
export function answerUnknownRoutes(fastify: FastifyInstance): void {
  const table = new RouteTable();
  fastify.addHook('onRoute', ({ method, url }) => table.add(method, url));
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    if (!request.is404) return done();
    const refusal = refusalOf(request);
    if (refusal !== undefined) return done(refusal);
    const methods = table.methodsOf(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0) return done(new Problem('not_found', 'There is nothing at this path.'));
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send();
    done(new Problem('method_not_allowed', `This path takes ${methods.join(', ')}.`, { headers: { allow } }));
  });
}
