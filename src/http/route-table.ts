import { escapeRegex } from '../common/lists/escape-regex';

/** The methods of each path. The router itself only knows "no such route"; a correct 405 names the allowed methods. */
export class RouteTable {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** @param url in the router's spelling: `/requests/:id`, `/docs/*` */
  add(methods: string | readonly string[], url: string): void {
    const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const method of [methods].flat()) route.methods.add(method);
    this.routes.set(url, route);
  }

  /** The methods of a path, sorted; empty if the path is unknown. */
  methodsOf(path: string): string[] {
    const methods = new Set<string>();
    for (const route of this.routes.values())
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method);
    return [...methods].sort();
  }
}

function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment === '*' ? '.*' : escapeRegex(segment)));
  return new RegExp(`^${segments.join('/')}$`);
}
