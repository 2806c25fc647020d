import { attemptsUsed } from '../../../console/src/request/attempts-used';

type Request = Parameters<typeof attemptsUsed>[0];

const lost = { number: 1, outcome: 'lost' } as const;
const failed = (number: number) => ({ number, outcome: 'failed' }) as const;
const request = (status: Request['status'], attempts: Request['attempts'], running?: { attempt: number }) =>
  attemptsUsed({ status, attempts, ...(running && { running }) });

it('counts the attempts of a request, without lost ones, and from 1 after a retry', () => {
  expect(request('retrying', [lost, failed(1)])).toBe(1);
  expect(request('failed', [failed(1), failed(2)])).toBe(2);
  expect(request('retrying', [failed(1), failed(2), failed(1)])).toBe(1);
});

it('counts neither the running attempt nor those before a retry', () => {
  expect(request('active', [lost], { attempt: 1 })).toBe(0);
  expect(request('active', [failed(1)], { attempt: 2 })).toBe(1);
  expect(request('active', [failed(1)], { attempt: 1 })).toBe(0);
  expect(request('queued', [failed(1)])).toBe(0);
});
