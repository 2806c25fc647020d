import { createConnection } from 'mongoose';
import { Clock } from '../../../src/common/time/clock';
import { ExternalType, ExternalTypeSchema } from '../../../src/types/external-type.schema';
import { ExternalTypes } from '../../../src/types/external-types.service';
import { uniqueDatabase } from '../../support/mongo-database';
import { until } from '../../support/until';

const connection = createConnection(uniqueDatabase());
const model = connection.model<ExternalType>(ExternalType.name, ExternalTypeSchema);
const aProcess = () => new ExternalTypes(model, new Clock());

beforeAll(() => connection.asPromise());
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

/** Holds back the result of the next read. @returns a promise of that read, and a function that lets it continue */
function holdNextRead() {
  const { collection } = model;
  const find = collection.find.bind(collection);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const found = new Promise<void>((hasFound) => {
    jest.spyOn(collection, 'find').mockImplementationOnce((...args) => {
      const cursor = find(...args);
      const toArray = cursor.toArray.bind(cursor);
      cursor.toArray = async () => {
        const documents = await toArray();
        hasFound();
        await held;
        return documents;
      };
      return cursor;
    });
  });
  return { found, letGo };
}

it('a type is found that another process declared while an earlier read was in progress', async () => {
  const [here, there] = [aProcess(), aProcess()];
  const { found, letGo } = holdNextRead();
  const listing = here.all();
  await found;
  await there.declare({ _id: 'late', description: 'Declared late' });
  const finding = here.find('late');
  letGo();
  expect(await listing).toEqual([]);
  expect(await finding).toMatchObject({ type: 'late', external: true });
});

it('a new declaration counts at once, although an earlier read ends after it', async () => {
  const here = aProcess();
  await here.declare({ _id: 'page', description: 'As it was' });
  const { found, letGo } = holdNextRead();
  const listing = here.all();
  await found;
  const declaring = here.declare({ _id: 'page', description: 'As it is' });
  await until('it is on record', async () => {
    const stored = await model.findById('page').lean();
    return stored?.description === 'As it is';
  });
  letGo();
  await Promise.all([listing, declaring]);
  expect(await here.find('page')).toMatchObject({ description: 'As it is' });
});
