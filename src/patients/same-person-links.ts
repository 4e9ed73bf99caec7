import { randomUUID } from 'node:crypto';
import type { Actor } from '../ledger/entry.ts';
import type { Patient } from './patient.ts';
import type { PersonChange, PersonStore } from './person-store.ts';

/**
 * Why two records are of one person: somebody who objected was found on the list; the list has somebody twice; or the
 * person has a new NHS number, of which ordinary users see nothing but the objection.
 */
export const linkKinds = ['matched', 'duplicate', 'new-number'] as const;
export type LinkKind = (typeof linkKinds)[number];

export type PersonLink = {
  readonly id: string;
  readonly patientId: string;
  readonly toId: string;
  readonly kind: LinkKind;
  readonly madeAt: Date;
  /** Id of the person who made it, or of the import that did. */
  readonly madeBy: string;
};

export type NewLink = {
  readonly practiceId: string;
  /** The record that is found to be of the same person as the other; for a new number, the old record. */
  readonly patientId: string;
  readonly toId: string;
  readonly kind: LinkKind;
};

export type Linked =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-patient' | 'same-record' | 'wrong-kind' };

/**
 * Says that two records are of one person. From then on an objection on either holds for both; nothing is lifted by
 * it. Said again, it changes nothing.
 */
export function linkPeople(store: PersonStore, link: NewLink, by: Actor, now: Date): Promise<Linked> {
  return store.change(link.practiceId, async (change): Promise<Linked> => {
    const [patient, to] = [await change.byId(link.patientId), await change.byId(link.toId)];
    if (patient === null || to === null) return { ok: false, reason: 'no-such-patient' };
    if (patient.id === to.id) return { ok: false, reason: 'same-record' };
    if (!fits(link.kind, patient, to)) return { ok: false, reason: 'wrong-kind' };
    const areOne = patient.personId !== null && patient.personId === to.personId;
    // What only an undone import has said, somebody may say after it.
    if (!areOne || (await change.toBeMatched()).some(({ id }) => id === patient.id))
      await addLink(change, { patient, to, kind: link.kind, importId: null }, by, now);
    return { ok: true };
  });
}

function fits(kind: LinkKind, patient: Patient, to: Patient): boolean {
  const isStranger = patient.status === 'to-be-matched';
  return to.status !== 'to-be-matched' && (kind === 'matched') === isStranger;
}

type Pair = {
  readonly patient: Patient;
  readonly to: Patient;
  readonly kind: LinkKind;
  readonly importId: string | null;
};

/** Links two records inside a change, and shows both as changed, so that the guard's index reads them again. */
export async function addLink(
  change: PersonChange,
  { patient, to, kind, importId }: Pair,
  by: Actor,
  now: Date,
): Promise<void> {
  const id = randomUUID();
  const data = { link: id, patient: patient.id, to: to.id, kind, import: importId };
  const index = change.append('person-linked', by, data, now);
  const madeBy = importId ?? by.id;
  await change.addLink({ id, patientId: patient.id, toId: to.id, kind, madeAt: now, madeBy });
  // Who knew them by the old number is not to be told the new one, and the other way round.
  if (kind === 'new-number') await change.restrict(patient.id, true, index);
  await regroup(change, [patient.id, to.id], index);
}

export type Unlinked =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-link' | 'no-reason' | 'same-person' };

/**
 * Undoes a link that was wrong. It can take an objection off a patient, so it needs a reason and another person than
 * the one who made it (an import's may be undone by anybody who may undo).
 */
export function unlinkPeople(
  store: PersonStore,
  undo: { readonly practiceId: string; readonly linkId: string; readonly reason: string },
  by: Actor,
  now: Date,
): Promise<Unlinked> {
  return store.change(undo.practiceId, async (change): Promise<Unlinked> => {
    const reason = undo.reason.trim();
    const link = await change.link(undo.linkId);
    if (link === null) return { ok: false, reason: 'no-such-link' };
    if (reason === '') return { ok: false, reason: 'no-reason' };
    if (link.madeBy === by.id) return { ok: false, reason: 'same-person' };
    const index = change.append('person-unlinked', by, { link: link.id }, now);
    await change.endLink(link.id, { undoneAt: now, undoneBy: by.id, reason });
    await regroup(change, [link.patientId], index);
    await regroup(change, [link.toId], index);
    return { ok: true };
  });
}

/** Gives everybody who is linked with these, over however many links, one mark: the id of whoever came first. */
async function regroup(change: PersonChange, from: readonly string[], index: number): Promise<void> {
  const ids = new Set(from);
  for (let known = 0; known < ids.size; ) {
    known = ids.size;
    for (const { patientId, toId } of await change.linksOf([...ids])) ids.add(patientId).add(toId);
  }
  const records = await change.byIds([...ids]);
  const first = records.reduce((one, other) => (other.ordinal < one.ordinal ? other : one));
  await change.setPerson([...ids], records.length > 1 ? first.id : null, index);
}
