import { isDay } from '../day.ts';
import type { RecordedAct } from './act-entry.ts';
import { type NewAct, nothingSaid } from './add-act.ts';
import type { Authority, IdentityCheck } from './evidence.ts';
import type { ObjectionType } from './objection.ts';
import type { ObjectionChange } from './objection-store.ts';
import { keyedVias, type ReceivedVia } from './received-via.ts';
import type { Requester } from './who-may-ask.ts';

/** Characters of a note, at most. It is plain text, stays in this practice, and never enters the ledger. */
export const NOTE_LENGTH = 500;
/** Characters of the name of somebody who asks for the patient, at most. */
export const NAME_LENGTH = 100;
/** Characters of how it is known that the patient asked before, at most. */
export const PROOF_LENGTH = 300;

/** What a patient, or somebody for them, asked: an objection or its withdrawal, of one type or of both at once. */
export type ObjectionRequest = {
  readonly practiceId: string;
  readonly patientId: string;
  readonly types: readonly ObjectionType[];
  readonly requester: Requester;
  /** Whether the practice holds that a patient under 18 cannot decide for themselves. */
  readonly cannotDecide?: boolean;
  /** Who asks for the patient. */
  readonly requesterName?: string | null;
  /** Null: nothing seen yet. */
  readonly authoritySeen?: Authority | null;
  readonly receivedVia: ReceivedVia;
  readonly identityChecked?: IdentityCheck | null;
  /** The day on which the practice was told, `YYYY-MM-DD`. */
  readonly receivedOn: string;
  readonly note?: string | null;
  /** The day, earlier than `receivedOn`, on which the patient says that they first asked, and how that is known. */
  readonly firstAskedOn?: string | null;
  readonly firstAskedProof?: string | null;
  /** A random id (UUID) that the form was given: a request sent twice is recorded once. */
  readonly requestId?: string;
};

export type RequestFault =
  | 'no-type'
  | 'not-a-day'
  | 'received-in-future'
  | 'via-not-by-hand'
  | 'first-asked-not-earlier'
  | 'first-asked-without-proof'
  | 'first-asked-before-birth'
  | 'requester-not-named'
  | 'note-too-long';

/** What is wrong with the request itself, whoever asks. */
export function requestFault(
  request: ObjectionRequest,
  needsName: boolean,
  today: string,
): RequestFault | undefined {
  if (request.types.length === 0) return 'no-type';
  if (!isDay(request.receivedOn)) return 'not-a-day';
  if (request.receivedOn > today) return 'received-in-future';
  if (!keyedVias.some((via) => via === request.receivedVia)) return 'via-not-by-hand';
  if (needsName && (request.requesterName ?? '').trim() === '') return 'requester-not-named';
  if ((request.note ?? '').length > NOTE_LENGTH) return 'note-too-long';
  return firstAskedFault(request);
}

/** An earlier day is taken only with how it is known: it says that the practice did not keep to the patient's word. */
function firstAskedFault({ firstAskedOn, firstAskedProof, receivedOn }: ObjectionRequest) {
  if ((firstAskedOn ?? null) === null) return undefined;
  if (!isDay(firstAskedOn ?? '')) return 'not-a-day';
  if ((firstAskedOn ?? '') >= receivedOn) return 'first-asked-not-earlier';
  return (firstAskedProof ?? '').trim() === '' ? 'first-asked-without-proof' : undefined;
}

/** What the acts of a request have in common. */
export function asActs(
  request: ObjectionRequest,
): Omit<NewAct, 'id' | 'type' | 'kind' | 'requestId' | 'recordedAt' | 'actor'> {
  return {
    ...nothingSaid,
    patientId: request.patientId,
    receivedOn: request.receivedOn,
    requester: request.requester,
    requesterName: request.requesterName ?? null,
    authoritySeen: request.authoritySeen ?? null,
    receivedVia: request.receivedVia,
    identityChecked: request.identityChecked ?? null,
    note: request.note ?? null,
    firstAskedOn: request.firstAskedOn ?? null,
    firstAskedProof: request.firstAskedOn ? (request.firstAskedProof ?? null) : null,
  };
}

/** The acts of this very request, when it was recorded before (a button pressed twice, a page sent again). */
export async function recordedBefore(
  change: ObjectionChange,
  { requestId, patientId }: ObjectionRequest,
): Promise<RecordedAct[] | undefined> {
  const first = requestId === undefined ? null : await change.act(requestId);
  return first?.patientId === patientId ? change.ofRequest(first.id) : undefined;
}
