/** How a patient's word can reach the practice. */
export const receivedVias = [
  'in-person',
  'phone',
  'letter',
  'email',
  'type-1-form',
  'online-form',
  'clinical-record',
  'other',
] as const;
export type ReceivedVia = (typeof receivedVias)[number];
