import { keyOfText } from '../patients/nhs-number.ts';
import type { Watch } from './decide-people.ts';
import type { Guard } from './guard.ts';

/** What watches over the decisions on an extract: its made-up people of the clinical system. */
export async function watchOver(
  { extracts, decide }: Pick<Guard, 'extracts' | 'decide'>,
  { practiceId, extractId }: { readonly practiceId: string; readonly extractId: string },
): Promise<Watch> {
  const canaries = new Set((await extracts.canaries(practiceId, extractId)).map(keyOfText));
  return { canaries, ...(decide && { decide }) };
}
