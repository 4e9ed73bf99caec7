import { sharing } from '../guard/shared-reads.ts';
import type { PracticeChange } from './practice-change.ts';
import { Reads } from './reads.ts';
import type { Statements } from './statements.ts';

/** A state of a practice's data: each change counts `touched` up, and the root is of all that the ledger says. */
export type State = { readonly touched: number; readonly size: number; readonly root: string };

export type AddedChecks = { readonly state: State; readonly lastEntry: Uint8Array | undefined };

type Head = { readonly touched: number; readonly size: number; readonly root: Uint8Array };

const LOOK = 'SELECT "touched", "size", "root" FROM "LedgerHead" WHERE "practiceId" = $1';

/** So many states in which only checks were added are told from others, and so many facts are kept of a practice. */
const MOST_STATES = 64;
const MOST_FACTS = 1000;

/** What was read of a practice, which nothing but checks of this process was added to since. */
export class KnownPractice {
  private facts = new Reads();
  /** By `touched`, so that a look which came late knows its state again. */
  private readonly states = new Map<number, State>();

  /** @param since the state in which the first of it was read: what was read later is of this state, or the next look tells */
  constructor(readonly since: State) {
    this.states.set(since.touched, since);
  }

  /** The facts as of now. What depends on the time is no fact, but worked out from them each time. */
  get reads(): Reads {
    if (this.facts.size > MOST_FACTS) this.facts = new Reads();
    return this.facts;
  }

  /** Whether this is what a practice in that state is known by. */
  isOf({ touched, size, root }: State): boolean {
    const state = this.states.get(touched);
    return state !== undefined && state.size === size && state.root === root;
  }

  /** Whether no entry with this index or a later one can be of anything but a check. */
  isQuietFrom(ledgerIndex: number): boolean {
    return ledgerIndex >= this.since.size;
  }

  /** The commitment of an entry, in hexadecimal, by who reads it or by who has added it. */
  entryAt(ledgerIndex: number, read: () => Promise<string | undefined>): Promise<string | undefined> {
    return this.reads.once(['entry', ledgerIndex], read);
  }

  /** Only checks were added, the last of them with this commitment: undefined for none at all. */
  addChecks({ state, lastEntry }: AddedChecks): void {
    this.states.set(state.touched, state);
    const [oldest] = this.states.keys();
    if (this.states.size > MOST_STATES && oldest !== undefined) this.states.delete(oldest);
    if (lastEntry !== undefined)
      this.reads.know(['entry', state.size - 1], Buffer.from(lastEntry).toString('hex'));
  }
}

/**
 * What is known of practices, for as long as nobody changes them. Every change of a practice is a transaction that counts
 * its head's `touched` up, whichever process makes it: so one look at the head says whether all that was read of it still
 * is so. Checks change nothing that a check reads, and a process knows its own.
 */
export class KnownPractices {
  private readonly practices = new Map<string, KnownPractice>();
  private readonly shared = sharing();

  constructor(private readonly statements: Statements) {}

  /**
   * What is known of a practice as it is now, with its state: looks at the head.
   *
   * @throws when there is no such practice, or the database is away
   */
  async now(practiceId: string): Promise<{ readonly state: State; readonly known: KnownPractice }> {
    const state = await this.shared(['state', practiceId], () => this.look(practiceId));
    const before = this.practices.get(practiceId);
    if (before?.isOf(state)) return { state, known: before };
    const known = new KnownPractice(state);
    this.practices.set(practiceId, known);
    return { state, known };
  }

  /** What is known of a practice in the state that a change has found, which lets nobody else change it. */
  under(change: PracticeChange): KnownPractice {
    const state = stateBefore(change);
    const known = this.practices.get(change.practiceId);
    return known?.isOf(state) ? known : new KnownPractice(state);
  }

  /** When a change that added nothing but checks is committed: what was known before it is known of what it left. */
  keep(practiceId: string, known: KnownPractice, added: AddedChecks): void {
    known.addChecks(added);
    this.practices.set(practiceId, known);
  }

  private async look(practiceId: string): Promise<State> {
    const [head] = await this.statements.rows(LOOK, practiceId);
    if (head === undefined) throw new Error('There is no such practice');
    return stateOf(head as Head);
  }
}

/** The state of a practice that a change has found. */
export function stateBefore({ touched, head }: PracticeChange): State {
  return stateOf({ ...head, touched: touched - 1 });
}

/** The state in which a change leaves it, with the commitment of the last entry added; undefined for no entry. */
export function addedChecks(change: PracticeChange): AddedChecks {
  const { touched } = change;
  return { state: stateOf({ ...change.headNow(), touched }), lastEntry: change.lastEntry() };
}

function stateOf({ touched, size, root }: Head): State {
  return { touched, size, root: Buffer.from(root).toString('hex') };
}
