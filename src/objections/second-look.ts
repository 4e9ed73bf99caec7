import type { ObjectionChange } from './objection-store.ts';
import type { ObjectionRequest } from './request.ts';
import { mayObject } from './who-may-ask.ts';

/** Whether somebody asks who has to show that they may. */
export function needsSecondLook(
  { requester, receivedOn: on, cannotDecide = false }: ObjectionRequest,
  dateOfBirth: string,
): boolean {
  const may = mayObject({ requester, dateOfBirth, on, cannotDecide });
  return may.ok && may.needsAuthority;
}

/** Has a second person look at the authority of a proxy. The request works meanwhile. */
export async function askSecondLook(
  change: ObjectionChange,
  request: ObjectionRequest & { readonly requestId: string },
  dateOfBirth: string,
  asked: { readonly by: string; readonly at: Date },
): Promise<void> {
  const { requestId, patientId } = request;
  if (needsSecondLook(request, dateOfBirth)) await change.askSecondLook({ requestId, patientId, ...asked });
}
