import type { RecordedAct } from '../../src/objections/act-entry.ts';
import { nothingSaid } from '../../src/objections/add-act.ts';

/** So many minutes past ten. */
export const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));

/** An act on the type 2 objection of one patient: entry number `ledgerIndex`, recorded in that minute. */
export function act(
  ledgerIndex: number,
  kind: string,
  receivedOn: string,
  rest: Partial<RecordedAct> = {},
): RecordedAct {
  const by = { kind: 'staff', id: 's1' } as const;
  const id = `a${ledgerIndex}`;
  return {
    ...nothingSaid,
    id,
    ledgerIndex,
    kind,
    receivedOn,
    patientId: 'p1',
    type: 'type-2',
    actor: by,
    recordedAt: at(ledgerIndex),
    ...rest,
  };
}
