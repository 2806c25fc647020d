/** The service logs what operators do at a shell, because its log is what is kept. */
import { Test } from '@nestjs/testing';
import { ClockModule } from '../../../src/common/time/clock.module';
import { ConfigModule } from '../../../src/config/config.module';
import { MongoModule } from '../../../src/stores/mongo/mongo.module';
import { OperatorActions } from '../../../src/users/operator-actions.service';
import { UsersModule } from '../../../src/users/users.module';
import { UsersService } from '../../../src/users/users.service';
import { AppCluster } from '../../support/cluster';
import { testSettings } from '../../support/test-settings';

const EMAIL = 'ada@example.com';
const COMMANDS = 'create promote demote lock unlock sessions-revoke keys-revoke reset-password end'.split(
  ' ',
);

let cluster: AppCluster;
beforeAll(async () => (cluster = await AppCluster.start()));
afterAll(() => cluster.stop());

it('the service logs every completed command once, in order, with its actor, although a process ends before its line', async () => {
  const said: { event?: string; action?: string }[] = [];
  let fails = true;
  const settings = testSettings({ MONGODB_URI: cluster.mongodbUri });
  const module = await Test.createTestingModule({
    imports: [ConfigModule.of(settings), ClockModule, MongoModule, UsersModule],
  })
    .setLogger({
      log: (line: string | { event?: string }) => {
        if (typeof line !== 'object') return;
        if (line.event === 'operator.action' && fails) throw new Error('the process ends here');
        said.push(line);
      },
      warn: () => undefined,
      error: () => undefined,
    })
    .compile();
  await module.init();
  await expect(cluster.command('promote', 'nobody@example.com')).rejects.toThrow('There is no account');
  let userId: string | undefined;
  for (const command of COMMANDS) {
    await cluster.command(command, EMAIL);
    userId ??= (await module.get(UsersService).findByEmail(EMAIL))?._id;
  }

  await expect(module.get(OperatorActions).tell()).rejects.toThrow('the process ends here');
  fails = false;
  for (let times = 0; times < 2; times++) await module.get(OperatorActions).tell();
  const lines = said.filter(({ event }) => event === 'operator.action');
  const line = { userId, actor: expect.stringMatching(/^.+@.+$/), doneAt: expect.stringMatching(/Z$/) };
  // `create` also makes a link to set the first password.
  const done = COMMANDS.flatMap((command) =>
    command === 'create' ? ['create', 'reset-password'] : [command],
  );
  expect(lines.map(({ action }) => action)).toEqual(done);
  for (const each of lines) expect(each).toMatchObject(line);
  expect(JSON.stringify(lines)).not.toContain(EMAIL);
  await module.close();
});
