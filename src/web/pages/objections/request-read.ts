import { londonDay } from '../../../day.ts';
import type { ObjectionRequest } from '../../../objections/request.ts';
import { Form, readForm } from '../../form.ts';
import { patientBanner } from './patient-banner.ts';
import type { Subject } from './request-draft.ts';
import { faultOf } from './request-faults.ts';
import type { Flow } from './request-flow.ts';
import { requestForm, requestOf } from './request-form.ts';
import { mistakesInPile } from './request-pile.ts';

export type ReadRequest =
  | { readonly ok: true; readonly request: ObjectionRequest }
  | { readonly ok: false; readonly form: Form };

/** What was typed, read with today's rules: a request, or the form to show again. */
export function readRequest(
  flow: Flow,
  body: unknown,
  { patient }: Subject,
  about: { practiceId: string; requestId?: string; now: Date },
): ReadRequest {
  const filled = readForm(requestForm, body);
  if (!filled.ok) return filled;
  const { now, ...ids } = about;
  const request = requestOf(filled.value, { ...ids, patientId: patient.id });
  const judged = flow.judge(request, patient.dateOfBirth, londonDay(now));
  return judged.ok ? { ok: true, request } : { ok: false, form: new Form(body, [faultOf(judged.reason)]) };
}

/** What the person is asked about before the check page; nothing, most of the time. */
export function mistakesIn(
  flow: Flow,
  request: ObjectionRequest,
  { patient, histories, inPile }: Subject,
  now: Date,
): string[] {
  const twice = inPile ? mistakesInPile(inPile, patient.id) : [];
  const mistakes = flow.mistakes({
    request,
    dateOfBirth: patient.dateOfBirth,
    today: londonDay(now),
    histories: request.types.map((type) => histories.get(type) ?? []),
    notes: patientBanner(patient, now).notes,
  });
  return [...twice, ...mistakes];
}
