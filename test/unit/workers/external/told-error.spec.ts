import { toldErrorProblem } from '../../../../src/workers/external/told-error';

it.each([
  ['a text', 'no paper'],
  ['a message', { message: 'no paper' }],
  ['a message with its code and details', { message: 'no paper', code: 'no_paper', details: { tray: 2 } }],
])('the error of an external worker may be %s', (_, error) => {
  expect(toldErrorProblem(error)).toBeUndefined();
});

it.each([
  ['a number', 5, 'error must be a non-empty string, or an object with a message'],
  ['an empty text', '', 'error must be a non-empty string, or an object with a message'],
  ['a list', ['no paper'], 'error must be a non-empty string, or an object with a message'],
  ['without a message', { code: 'no_paper' }, 'error.message must be a non-empty string'],
  ['with an empty message', { message: '' }, 'error.message must be a non-empty string'],
  ['with a code in capitals', { message: 'x', code: 'NO_PAPER' }, 'error.code must be 1 to 64 of a-z 0-9 _'],
  ['with details that are a list', { message: 'x', details: [] }, 'error.details must be an object'],
  ['with another field', { message: 'x', detail: {} }, 'error has no field detail; did you mean details?'],
])('the error of an external worker may not be %s', (_, error, problem) => {
  expect(toldErrorProblem(error)).toBe(problem);
});
