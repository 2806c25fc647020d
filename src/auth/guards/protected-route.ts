import { RouteConfig } from '@nestjs/platform-fastify';
import { PATH_METADATA } from '@nestjs/common/constants';

/** The configuration of an `@Authenticated()` route that the server knows before a guard runs. */
interface ProtectedRoute {
  readonly isProtected: true;
}

const mark = RouteConfig({ isProtected: true } satisfies ProtectedRoute);

/** Marks a controller or route as one for callers with credentials. */
export function ProtectedRoute(): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, route?: PropertyDescriptor) => {
    if (key !== undefined && route !== undefined) return void mark(target, key, route);
    const { prototype } = target as { prototype: object };
    for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (typeof method.value === 'function' && Reflect.hasMetadata(PATH_METADATA, method.value as object))
        mark(prototype, name, method);
  };
}

export const isProtected = ({ config }: { config: object }): boolean =>
  (config as Partial<ProtectedRoute>).isProtected === true;
