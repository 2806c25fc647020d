/** `node dist/admin-command.js COMMAND ...`: what operators do at a shell (`npm run admin` runs it). */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AdminCommands, CommandFailed } from './admin/commands/admin-commands';
import { AdminCommandsModule } from './admin/commands/admin-commands.module';
import { ChangeShards } from './admin/commands/change-shards';
import { ChangeShardsModule } from './admin/commands/change-shards.module';
import { InvalidEnvironment, loadSettings } from './config/env';
import type { Settings } from './config/settings';
import { sentenceOf } from './start-failure';

/** As it was called: the scripts that run it give their own name (argv[0]). */
const CALLED = basename(process.argv0).startsWith('node') ? 'node dist/admin-command.js' : process.argv0;

const HELP = [
  ['create EMAIL [--url URL]', 'creates an account, and prints a one-time link to set its password'],
  ['promote EMAIL', 'makes this user an admin'],
  ['demote EMAIL', 'makes an admin an ordinary user'],
  ['lock EMAIL', 'refuses all calls of the account until it is unlocked'],
  ['unlock EMAIL', 'unlocks the account'],
  ['end EMAIL', 'ends the account and erases all its data'],
  ['sessions-revoke EMAIL', 'ends every session of the account'],
  ['keys-revoke EMAIL', 'ends every API key of the account'],
  ['reset-password EMAIL [--url URL]', 'prints a one-time link to set a new password;'],
  ['', 'URL: where users reach the service'],
  ['shards --to N', 'changes the number of shards (QUEUE_SHARDS) while no process runs'],
] as const;

const USAGE = `Usage: ${CALLED} COMMAND\n${HELP.map(([command, does]) => `  ${command.padEnd(34)} ${does}`).join('\n')}`;

const COMMANDS = {
  create: (commands: AdminCommands, email: string, url: string) => commands.create(email, url),
  promote: (commands: AdminCommands, email: string) => commands.promote(email),
  demote: (commands: AdminCommands, email: string) => commands.demote(email),
  lock: (commands: AdminCommands, email: string) => commands.lock(email),
  unlock: (commands: AdminCommands, email: string) => commands.unlock(email),
  end: (commands: AdminCommands, email: string) => commands.end(email),
  'sessions-revoke': (commands: AdminCommands, email: string) => commands.revokeSessions(email),
  'keys-revoke': (commands: AdminCommands, email: string) => commands.revokeKeys(email),
  'reset-password': (commands: AdminCommands, email: string, url: string) =>
    commands.resetPassword(email, url),
};

/** @throws CommandFailed, InvalidEnvironment */
async function run(args: readonly string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string' }, to: { type: 'string' } },
  });
  const [command = '', email] = positionals;
  if (command === 'shards' && positionals.length === 1 && values.to !== undefined)
    return within(ChangeShardsModule, (app) =>
      app.get(ChangeShards).run(Number(values.to), (line) => process.stderr.write(`${line}\n`)),
    );
  if (positionals.length !== 2 || email === undefined || !(command in COMMANDS))
    throw new CommandFailed(USAGE);
  return within(AdminCommandsModule, (app, { http }) => {
    const url = values.url ?? `http://localhost:${http.port}`;
    return COMMANDS[command as keyof typeof COMMANDS](app.get(AdminCommands), email, url);
  });
}

/** @throws CommandFailed, InvalidEnvironment */
async function within(
  module: { of(settings: Settings): DynamicModule },
  act: (app: INestApplicationContext, settings: Settings) => Promise<string>,
): Promise<string> {
  const settings = loadSettings();
  try {
    const app = await NestFactory.createApplicationContext(module.of(settings), {
      logger: ['error', 'fatal'],
      abortOnError: false,
    });
    try {
      return await act(app, settings);
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
