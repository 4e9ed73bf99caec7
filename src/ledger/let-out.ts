import type { ActRow } from './ledger-reader.ts';
import type { AccountRecord, Applies } from './release-entry.ts';
import type { ConsentReplay } from './verify-consents.ts';
import type { ObjectionReplay } from './verify-objections.ts';
import type { TellingReplay } from './verify-tellings.ts';

/** What says who may not have left, as of one entry. */
export type WhatWasInForce<A extends ActRow> = {
  readonly objections: Pick<ObjectionReplay<A>, 'inForce'>;
  readonly consents: Pick<ConsentReplay<A>, 'isInForce'>;
  readonly tellings: Pick<TellingReplay<A>, 'isTold'>;
};

type IsMember = (members: Uint8Array, ordinal: number) => boolean;

const LET_OUT = 'it let out a patient whose';

/**
 * Whether a release let out somebody whose objection of a type that it applied was in force.
 *
 * @param members everybody whose data left, as one bitmap
 */
export function letOutObjector<A extends ActRow>(
  members: Uint8Array,
  { type1, type2 }: Applies,
  isMember: IsMember,
  { objections }: WhatWasInForce<A>,
): string | undefined {
  const anyOf = (type: string): boolean => {
    for (const ordinal of objections.inForce(type)) if (isMember(members, ordinal)) return true;
    return false;
  };
  if (type1 && anyOf('type-1')) return `${LET_OUT} type 1 objection was in force`;
  if (type2 && anyOf('type-2')) return `${LET_OUT} type 2 objection was in force`;
  return undefined;
}

/** Whether what a check found is that a release let out somebody who had objected. */
export const saysLetOut = (what: string): boolean => what.includes(LET_OUT);

/**
 * Whether a release that asked for consent, or for patients to have been told, let out anybody else. Somebody who is not
 * on the list can have neither consented nor been told.
 *
 * @param members everybody of the list whose data left, as one bitmap; `unlisted` those who are not on it
 * @param at when it was decided, as its entry says
 */
export function letOutOther<A extends ActRow>(
  { members, unlisted }: Pick<AccountRecord, 'members' | 'unlisted'>,
  {
    extract,
    version,
    applies,
  }: { readonly extract: string; readonly version: number; readonly applies: Applies },
  at: string,
  isMember: IsMember,
  { consents, tellings }: WhatWasInForce<A>,
): string | undefined {
  const everybody = (mayLeave: (ordinal: number) => boolean): boolean => {
    if (unlisted.length > 0) return false;
    for (let ordinal = 0; ordinal < members.length * 8; ordinal += 1)
      if (isMember(members, ordinal) && !mayLeave(ordinal)) return false;
    return true;
  };
  if (applies.consent && !everybody((ordinal) => consents.isInForce(extract, ordinal)))
    return 'it let out a patient who had not consented';
  if (applies.told === undefined) return undefined;
  const asking = { extract, version, days: applies.told, at };
  const isTold = tellings.isTold(asking, (ordinal) => isMember(members, ordinal));
  return everybody(isTold) ? undefined : 'it let out a patient who was not told of it long enough before';
}
