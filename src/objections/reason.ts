/** Characters of a reason, at most. Like a note it stays in this practice and is in the ledger as a digest only. */
export const REASON_LENGTH = 500;

export type ReasonFault = 'reason-missing' | 'reason-too-long';

export function reasonFault(reason: string): ReasonFault | undefined {
  if (reason.trim() === '') return 'reason-missing';
  return reason.length > REASON_LENGTH ? 'reason-too-long' : undefined;
}
