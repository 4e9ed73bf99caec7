import type { Actor } from '../ledger/entry.ts';
import type { Vault } from '../secrets.ts';
import type { Database } from '../store/database.ts';

/** Gives a command its store and the time; what it still takes is its input, and who acts. */
export type Commands<S> = <I, R>(
  command: (store: S, input: I, by: Actor, now: Date) => Promise<R>,
) => (input: I, by: Actor) => Promise<R>;

/** What every group of services is made of. */
export type Opened = {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  on<S>(store: S): Commands<S>;
};

/** Puts a clock to an open database. */
export function opened(database: Database, vault: Vault, now: () => Date): Opened {
  const on =
    <S>(store: S): Commands<S> =>
    (command) =>
    (input, by) =>
      command(store, input, by, now());
  return { database, vault, now, on };
}
