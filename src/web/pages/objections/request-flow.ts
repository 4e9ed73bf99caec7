import type { Actor } from '../../../ledger/entry.ts';
import type { ObjectionAct, ObjectionType } from '../../../objections/objection.ts';
import type { FromPile, RecordedFromPile } from '../../../objections/piles/record-from-pile.ts';
import type { Recorded } from '../../../objections/record-objection.ts';
import type { ObjectionRequest } from '../../../objections/request.ts';
import type { Withdrawn } from '../../../objections/withdraw-objection.ts';
import type { Permission } from '../../../staff/permissions.ts';
import type { About } from './likely-mistakes.ts';
import type { RequestReason } from './request-faults.ts';

/** What recording and withdrawing do differently; the pages of both follow each other in the same way. */
export type Flow = {
  /** Of its drafts. */
  readonly kind: string;
  readonly permission: Permission;
  /** `/objections/new`; the pages of a form in progress are below it. */
  readonly path: string;
  /** Of the form; the other pages share theirs. */
  readonly view: string;
  readonly titles: { readonly form: string; readonly sure: string; readonly check: string };
  /** The types that can be chosen, each with what is on record. None: the form is not shown. */
  readonly types: (
    histories: ReadonlyMap<ObjectionType, readonly ObjectionAct[]>,
  ) => readonly { readonly value: string; readonly text: string }[];
  /** Whether identity may still be to check. */
  readonly evenUnchecked: boolean;
  /** Whether the form asks if the patient had asked before, and nobody recorded it. */
  readonly asksWhetherBefore: boolean;
  readonly judge: (
    request: ObjectionRequest,
    dateOfBirth: string,
    today: string,
  ) => { readonly ok: true } | { readonly ok: false; readonly reason: RequestReason };
  readonly mistakes: (about: About) => string[];
  readonly save: (request: ObjectionRequest, by: Actor) => Promise<Recorded | Withdrawn>;
  /** The same for a form of a pile; left out where there are none. */
  readonly saveInPile?: (form: FromPile, by: Actor) => Promise<RecordedFromPile>;
};
