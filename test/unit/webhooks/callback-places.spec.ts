import { CallbackPlaces } from '../../../src/webhooks/callbacks/callback-places';
import { SteppedClock } from '../../support/stepped-clock';

it('only the time of their target makes a user slow, however long the record takes', () => {
  const clock = new SteppedClock();
  const places = new CallbackPlaces(clock);
  for (let i = 0; i < 32; i++) places.enter(`silent${i}`, `silent${i}.example.com`);
  places.enter('u', 'quick.example.com');
  places.answered('u');
  clock.step(1_001);
  places.leave('u');
  expect(places.enter('u', 'quick.example.com')).toBeUndefined();

  clock.step(1_001);
  places.answered('u');
  places.leave('u');
  expect(places.enter('u', 'other.example.com')).toBeGreaterThan(0);
});
