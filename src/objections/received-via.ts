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

/** Those that somebody may choose by hand: what the clinical record says comes from its own report alone. */
export const keyedVias = receivedVias.filter(
  (via): via is Exclude<ReceivedVia, 'clinical-record'> => via !== 'clinical-record',
);
