import { RouteTable } from '../../../src/http/route-table';

it('the route table finds the methods of a path by its templates', () => {
  const table = new RouteTable();
  table.add('GET', '/requests/:id');
  table.add(['POST'], '/requests/retry');
  table.add('HEAD', '/docs/*');
  table.add('GET', '/docs-json');
  expect(table.methodsOf('/requests/retry')).toEqual(['GET', 'POST']);
  expect(table.methodsOf('/requests/7')).toEqual(['GET']);
  expect(table.methodsOf('/requests/7/cancel')).toEqual([]);
  expect(table.methodsOf('/docs/a/b')).toEqual(['HEAD']);
  expect(table.methodsOf('/docsXjson')).toEqual([]);
});
