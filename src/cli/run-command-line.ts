import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openLog } from '../log.ts';
import { isUnavailable, type Services, services } from '../services.ts';
import type { Command, Exit } from './command.ts';
import { commands } from './commands.ts';

/** Where lines go: the process's own streams, or a test's. */
export type Output = { say(line: string): void; complain(line: string): void };

/** Runs the command that the arguments name, on the settings of `env`, and returns its exit code. Never throws. */
export async function runCommandLine(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  output: Output,
): Promise<Exit> {
  const found = commands.find(({ words }) => words.every((word, at) => argv[at] === word));
  if (found === undefined) {
    if (argv.length === 0 || argv[0] === '--help' || argv[0] === 'help') {
      output.say(overview());
      return argv.length === 0 ? 2 : 0;
    }
    output.complain(`There is no command "${argv.slice(0, 2).join(' ')}". See --help.`);
    return 2;
  }
  const given = argv.slice(found.words.length);
  if (given.includes('--help')) {
    output.say(helpOf(found));
    return 0;
  }
  const read = readArguments(found, given);
  if (!read.ok) {
    output.complain(`${read.fault} Usage: ${usageOf(found)}`);
    return 2;
  }
  return runOn(found, read, env, output);
}

async function runOn(
  found: Command,
  { values, args }: Pick<Extract<Arguments, { ok: true }>, 'values' | 'args'>,
  env: NodeJS.ProcessEnv,
  output: Output,
): Promise<Exit> {
  const settings = readConfig(env);
  if (!settings.ok) {
    output.complain(`The settings are not right: ${settings.faults.join('; ')}.`);
    return 2;
  }
  const { config } = settings;
  let opened: Promise<Services> | undefined;
  const open = () => {
    // The server's log lines would come between the lines that somebody reads.
    opened ??= services(config, { log: openLog('silent') });
    return opened;
  };
  const by = { kind: 'command-line', id: found.words.join(' ') } as const;
  try {
    return await found.run({ values, args, config, env, by, open, ...output });
  } catch (error) {
    output.complain(inOneLine(error));
    return isUnavailable(error) ? 4 : 1;
  } finally {
    await opened?.then((registry) => registry.close()).catch(() => undefined);
  }
}

type Arguments =
  | { ok: true; values: Record<string, string | boolean | undefined>; args: string[] }
  | { ok: false; fault: string };

function readArguments({ options, required = [], args = [] }: Command, given: string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: given, options, strict: true, allowPositionals: true });
    const missing = required.find((name) => values[name] === undefined || values[name] === '');
    if (missing !== undefined) return { ok: false, fault: `--${missing} is missing.` };
    if (positionals.length < args.length)
      return { ok: false, fault: `${args[positionals.length]} is missing.` };
    if (positionals.length > args.length) return { ok: false, fault: 'There are too many arguments.' };
    return { ok: true, values: values as Record<string, string | boolean | undefined>, args: positionals };
  } catch (error) {
    const [line = ''] = String((error as Error).message).split(/\.?( To specify|\n|$)/);
    return { ok: false, fault: `${line}.` };
  }
}

/** A fault nobody expected may quote data in its later lines; those of our own making are one line. */
function inOneLine(error: unknown): string {
  if (isUnavailable(error)) return 'The database cannot be reached or is busy. Try again later.';
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
  return `The command failed: ${line || 'no reason is known'}`;
}

const usageOf = ({ words, usage }: Command): string => ['opt-out-registry', ...words, usage].join(' ').trim();

const helpOf = (found: Command): string => `${usageOf(found)}\n\n${found.help}`;

function overview(): string {
  const lines = commands.map((one) => `  ${[...one.words, one.usage].join(' ').trim()}`);
  return `opt-out-registry <command>\n\n${lines.join('\n')}\n\nEach command has --help. Settings come from the environment, as for the server.`;
}
