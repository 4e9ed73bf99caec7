import { randomUUID } from 'node:crypto';
import { isDay, londonDay } from '../day.ts';
import type { Actor, Ledgered } from '../ledger/entry.ts';

/** A flow of patients' data that does not go through this guard: somebody else applies objections there, or nobody. */
export type OtherFlow = {
  readonly id: string;
  readonly name: string;
  readonly recipient: string;
  readonly purpose: string;
  /** Who applies objections there, and how. */
  readonly appliedBy: string;
  /** The last day on which it was evidenced that they are applied, `YYYY-MM-DD`; null: never. */
  readonly evidencedOn: string | null;
  /** What evidenced it. */
  readonly evidence: string;
  readonly registeredBy: string;
  readonly registeredAt: Date;
  readonly endedAt: Date | null;
};

export interface OtherFlowStore {
  /** Every flow of the practice, by name; those that ended too. */
  list(practiceId: string): Promise<OtherFlow[]>;
  change<T>(practiceId: string, work: (change: OtherFlowChange) => Promise<T>): Promise<T>;
}

export interface OtherFlowChange extends Ledgered {
  find(id: string): Promise<OtherFlow | undefined>;
  save(flow: OtherFlow): Promise<void>;
}

export type OtherFlowSaid = Pick<
  OtherFlow,
  'name' | 'recipient' | 'purpose' | 'appliedBy' | 'evidencedOn' | 'evidence'
> & {
  readonly practiceId: string;
  /** The flow that is changed; left out for a new one. */
  readonly id?: string | undefined;
};

export type OtherFlowSaved =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly reason: 'no-such-flow' | 'not-named' | 'not-a-day' | 'in-future' | 'no-evidence';
    };

/** Registers a flow that does not go through the guard, or says anew what is known of one. */
export function registerOtherFlow(
  store: OtherFlowStore,
  { practiceId, id, ...said }: OtherFlowSaid,
  by: Actor,
  now: Date,
): Promise<OtherFlowSaved> {
  return store.change(practiceId, async (change): Promise<OtherFlowSaved> => {
    const before = id === undefined ? undefined : await change.find(id);
    if (id !== undefined && before === undefined) return { ok: false, reason: 'no-such-flow' };
    const { name, recipient, purpose, appliedBy, evidencedOn, evidence } = said;
    if ([name, recipient, purpose, appliedBy].some((text) => text.trim() === ''))
      return { ok: false, reason: 'not-named' };
    if (evidencedOn !== null && !isDay(evidencedOn)) return { ok: false, reason: 'not-a-day' };
    if (evidencedOn !== null && evidencedOn > londonDay(now)) return { ok: false, reason: 'in-future' };
    if (evidencedOn !== null && evidence.trim() === '') return { ok: false, reason: 'no-evidence' };
    const flow: OtherFlow = {
      id: before?.id ?? randomUUID(),
      registeredBy: before?.registeredBy ?? by.id,
      registeredAt: before?.registeredAt ?? now,
      endedAt: before?.endedAt ?? null,
      ...said,
    };
    await change.save(flow);
    const act = before === undefined ? 'other-flow-registered' : 'other-flow-changed';
    change.append(act, by, { flow: flow.id, ...said }, now);
    return { ok: true, id: flow.id };
  });
}

export type OtherFlowEnded = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-flow' };

/** Says that a flow has ended. It stays in the register. */
export function endOtherFlow(
  store: OtherFlowStore,
  { practiceId, id }: { readonly practiceId: string; readonly id: string },
  by: Actor,
  now: Date,
): Promise<OtherFlowEnded> {
  return store.change(practiceId, async (change): Promise<OtherFlowEnded> => {
    const found = await change.find(id);
    if (found === undefined || found.endedAt !== null) return { ok: false, reason: 'no-such-flow' };
    await change.save({ ...found, endedAt: now });
    change.append('other-flow-ended', by, { flow: id }, now);
    return { ok: true };
  });
}
