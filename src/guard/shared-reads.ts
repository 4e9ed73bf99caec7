import type { ExtractStore } from '../extracts/extract-store.ts';
import type { Guard } from './guard.ts';

/**
 * Resolves when whatever has arrived by now has been begun. On SQLite, whose driver is synchronous, a request would
 * otherwise be worked on to its end before the next is looked at, and no two would ever meet.
 */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Lets those who ask for the same thing at the same time share one read: but only one that was sent after all of them had
 * asked, as LiveIndex does it. So nobody gets an answer that was true only before they asked.
 */
export function sharing(): <T>(what: readonly unknown[], read: () => Promise<T>) => Promise<T> {
  /** By what is read: the read in flight, and the one that will be sent when it has ended. */
  const sent = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<unknown>>();
  return <T>(what: readonly unknown[], read: () => Promise<T>) => {
    const name = JSON.stringify(what);
    const shared = waiting.get(name);
    if (shared !== undefined) return shared as Promise<T>;
    const before = sent.get(name) ?? nextTurn();
    const next = before.then(() => {
      waiting.delete(name);
      const reading = read();
      const ended = reading
        .catch(() => undefined)
        .then(() => {
          if (sent.get(name) === ended) sent.delete(name);
        });
      sent.set(name, ended);
      return reading;
    });
    waiting.set(name, next);
    return next;
  };
}

/** The guard that knows what is in force in a practice now, and does not read it again unless it has changed. */
export async function asOfNow<G extends Pick<Guard, 'extracts'>>(guard: G, practiceId: string): Promise<G> {
  return { ...guard, extracts: { ...guard.extracts, ...(await guard.extracts.now(practiceId)) } };
}

/** What is known of extracts, of which many checks at once ask the same. */
export function sharedExtracts(extracts: ExtractStore): ExtractStore {
  const shared = sharing();
  return {
    ...extracts,
    find: (practiceId, id) => shared(['find', practiceId, id], () => extracts.find(practiceId, id)),
    readiness: (practiceId) => shared(['readiness', practiceId], () => extracts.readiness(practiceId)),
    canaries: (practiceId, id) =>
      shared(['canaries', practiceId, id], () => extracts.canaries(practiceId, id)),
    exemptTypes: ({ practiceId, extractId, version }, today) =>
      shared(['exempt', practiceId, extractId, version, today], () =>
        extracts.exemptTypes({ practiceId, extractId, version }, today),
      ),
  };
}
