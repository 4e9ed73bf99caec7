import type { Request, Response } from 'express';
import { z } from 'zod';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { historyThatCounts } from '../../../objections/history-that-counts.ts';
import { type ObjectionType, objectionTypes } from '../../../objections/objection.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { Services } from '../../../services.ts';
import { personOf } from '../../middleware/log-in.ts';
import { PageError } from '../../middleware/page-error.ts';
import { isUuid, patientNamed } from './find.ts';
import type { Flow } from './request-flow.ts';
import { findInPile, type InPile, type PilePlace, pilePlace, placeOf } from './request-pile.ts';

/** What was typed, as it was typed: each page reads it anew, because days pass and rules look at today. */
const draftData = z.object({
  patientId: z.uuid(),
  body: z.record(z.string(), z.unknown()),
  pile: pilePlace.optional(),
});

/** The patient of a form, with the acts so far. */
export type Subject = {
  readonly patient: Patient;
  readonly histories: ReadonlyMap<ObjectionType, readonly RecordedAct[]>;
  /** Where the form lies, when it is one of a pile. */
  readonly inPile: InPile | undefined;
};

/** A form in progress. Its id is also the id of the act that it will become. */
export type Draft = Subject & { readonly id: string; readonly body: Readonly<Record<string, unknown>> };

export async function subjectOf(
  services: Services,
  res: Response,
  patientId: unknown,
  place?: PilePlace,
): Promise<Subject> {
  const patient = await patientNamed(services, res, patientId);
  const records = await services.objections.ofPerson(personOf(res).practiceId, patient.id);
  const histories = new Map(objectionTypes.map((type) => [type, historyThatCounts(records, type)]));
  const inPile = place && (await findInPile(services, res, place));
  return { patient, histories, inPile };
}

/** The id in the address of a form in progress. */
export function draftId(req: Request): string {
  const { draft } = req.params;
  if (!isUuid(draft)) throw new PageError(404, 'no such form');
  return draft;
}

/** Undefined when it is gone: saved, logged out, too old, somebody else's. */
export async function findDraft(
  services: Services,
  flow: Flow,
  req: Request,
  res: Response,
): Promise<Draft | undefined> {
  const id = draftId(req);
  const { practiceId, id: staffId } = personOf(res);
  const kept = draftData.safeParse(await services.drafts.find(practiceId, staffId, flow.kind, id));
  if (!kept.success) return undefined;
  const { patientId, body, pile } = kept.data;
  return { id, body, ...(await subjectOf(services, res, patientId, pile)) };
}

/** The same for a page that cannot do without it. */
export async function needDraft(services: Services, flow: Flow, req: Request, res: Response): Promise<Draft> {
  const draft = await findDraft(services, flow, req, res);
  if (draft === undefined) throw formGone();
  return draft;
}

export function formGone(): PageError {
  const words =
    'This form is no longer here. Either it was saved already, or it was begun too long ago. Find the patient again to see what is on record.';
  return new PageError(404, 'no such form', words);
}

/** Keeps what was typed, without the form's token, and gives the draft's id. */
export async function keepDraft(
  { drafts }: Services,
  flow: Flow,
  req: Request,
  res: Response,
  { id, patient, inPile }: Subject & { readonly id?: string },
): Promise<string> {
  const { _csrf, ...body } = req.body as Record<string, unknown>;
  const { practiceId, id: staffId } = personOf(res);
  const pile = inPile && placeOf(inPile);
  const data = { patientId: patient.id, body, ...(pile && { pile }) };
  if (id === undefined) return drafts.save(practiceId, staffId, flow.kind, data);
  await drafts.replace(practiceId, staffId, flow.kind, id, data);
  return id;
}
