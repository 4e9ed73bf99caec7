import type { ParseArgsConfig, parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Actor } from '../ledger/entry.ts';
import type { Services } from '../services.ts';

/** 0 all went well, 1 failed, 2 wrong usage, 3 a person must act, 4 try again later. */
export type Exit = 0 | 1 | 2 | 3 | 4;

type Options = NonNullable<ParseArgsConfig['options']>;

type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; strict: true; allowPositionals: true }>
>['values'];

/** What a command works with. */
export type Context<O extends Options = Options> = {
  /** The options given; those that the command requires are there. */
  readonly values: Values<O>;
  /** The arguments, one for each that the command names. */
  readonly args: readonly string[];
  readonly config: Config;
  /** The environment, for a secret that has no place among the arguments, which anybody on the machine can list. */
  readonly env: NodeJS.ProcessEnv;
  /** Who acts, in ledger entries. */
  readonly by: Actor;
  /** The registry, opened when first asked for and closed when the command is over. */
  open(): Promise<Services>;
  /** A line on standard output. */
  say(line: string): void;
  /** A line on standard error. */
  complain(line: string): void;
};

/** One command of the command line; one file each. */
export type Command<O extends Options = Options> = {
  /** Such as `['practice', 'add']`. */
  readonly words: readonly string[];
  /** After the words: `--ods CODE --name NAME`. */
  readonly usage: string;
  /** What it does and what its exit codes mean, for `--help`. */
  readonly help: string;
  readonly options: O;
  /** Options that have to be given. */
  readonly required?: readonly (keyof O & string)[];
  /** Names of the arguments that have to be given, such as `['FILE']`. */
  readonly args?: readonly string[];
  run(context: Context<O>): Promise<Exit>;
};

/** Lets the compiler read the types of the values out of the options. */
export function command<const O extends Options>(made: Command<O>): Command {
  return made as unknown as Command;
}
