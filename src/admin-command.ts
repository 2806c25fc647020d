/** `node dist/admin-command.js promote EMAIL`: what operators do at a shell (`npm run admin` runs it). */
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AdminCommands, CommandFailed } from './admin/commands/admin-commands';
import { AdminCommandsModule } from './admin/commands/admin-commands.module';
import { InvalidEnvironment, loadSettings } from './config/env';
import { sentenceOf } from './start-failure';

const USAGE = `Usage:
  npm run admin -- promote EMAIL                      makes the user of this account an admin
  npm run admin -- reset-password EMAIL [--url URL]   prints a one-time link to a new password;
                                                      URL: where the users reach the service`;

/** @throws CommandFailed, InvalidEnvironment */
async function run(args: readonly string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string' } },
  });
  const [command, email] = positionals;
  if (positionals.length !== 2 || email === undefined) throw new CommandFailed(USAGE);
  if (command !== 'promote' && command !== 'reset-password') throw new CommandFailed(USAGE);
  const settings = loadSettings();
  try {
    const app = await NestFactory.createApplicationContext(AdminCommandsModule.of(settings), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    try {
      const commands = app.get(AdminCommands);
      return await (command === 'promote'
        ? commands.promote(email)
        : commands.resetPassword(email, values.url ?? `http://localhost:${settings.http.port}`));
    } finally {
      await app.close();
    }
  } catch (error) {
    throw error instanceof CommandFailed ? error : new CommandFailed(sentenceOf(error, settings));
  }
}

const isForPeople = (error: unknown): error is Error =>
  error instanceof CommandFailed ||
  error instanceof InvalidEnvironment ||
  (error instanceof TypeError && 'code' in error); // an option that parseArgs does not know

run(process.argv.slice(2)).then(
  (said) => process.stdout.write(`${said}\n`),
  (error: unknown) => {
    process.stderr.write(`${isForPeople(error) ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
