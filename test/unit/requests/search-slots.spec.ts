import { SearchSlots } from '../../../src/requests/search-slots';

it('the running searches are limited for each payer, and in all', async () => {
  const slots = new SearchSlots();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const search = (payer: string) => slots.run(payer, () => ended);
  const underWay = [search('u1'), search('u1')];
  await expect(search('u1')).rejects.toMatchObject({ code: 'rate_limited' });
  for (let i = 0; i < 18; i++) underWay.push(search(`other-${i}`));
  await expect(search('u2')).rejects.toMatchObject({ code: 'rate_limited' });
  end();
  await Promise.all(underWay);
  await expect(search('u1')).resolves.toBeUndefined();
});

it('a failed search frees its slot', async () => {
  const slots = new SearchSlots();
  for (let i = 0; i < 3; i++)
    await expect(slots.run('u1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
