import { withOpenLists } from '../../../scripts/tools/open-lists';
import { DOCUMENT } from '../../support/openapi-document';

it('the document accepts unknown values in answers, and keeps the lists of what clients send', () => {
  const { schemas } = withOpenLists(DOCUMENT as never).components;
  expect(schemas['RequestDto']!.properties['status']).toMatchObject({ type: 'string' });
  for (const answer of ['RequestDto', 'ProblemDto', 'AttemptDto', 'ApiKeyDto'])
    expect(JSON.stringify(schemas[answer])).not.toContain('"enum"');
  expect(schemas['BackoffDto']!.properties['type']!.enum).toEqual(['exponential', 'fixed']);
  expect(schemas['CreateApiKeyDto']!.properties['scopes']!.items).toHaveProperty('enum');
});
