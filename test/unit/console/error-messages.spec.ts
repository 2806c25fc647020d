import { ApiError, type Problem } from '../../../console/src/api/errors';

const messageOf = (problem: Partial<Problem>) => new ApiError(422, problem).message;

it('shows each invalid field once, on its own line', () => {
  const url = { pointer: '/payload/url', code: 'is_string', detail: 'url must be a string' };
  const wait = { pointer: '?wait', code: 'max', detail: 'wait must not be greater than 60' };
  expect(messageOf({ detail: url.detail, errors: [url] })).toBe('payload.url: url must be a string');
  expect(messageOf({ detail: `${url.detail}; ${wait.detail}`, errors: [url, wait] })).toBe(
    'payload.url: url must be a string\nwait: wait must not be greater than 60',
  );
});

it('shows the detail of a problem if its fields do not repeat it', () => {
  const errors = [{ pointer: '/payload', code: 'too_large', detail: 'payload is too large' }];
  expect(messageOf({ detail: 'A payload may have at most 9 bytes.', errors })).toBe(
    'A payload may have at most 9 bytes.\npayload: payload is too large',
  );
  expect(messageOf({})).toBe('The server answered 422.');
});
