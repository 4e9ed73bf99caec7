import { randomUUID } from 'node:crypto';
import { consentEntry, type RecordedConsent } from '../../src/consents/consent-entry.ts';
import { askedEntry, type Exemption, namedEntry } from '../../src/extracts/exemptions/exemption.ts';
import type { Actor } from '../../src/ledger/entry.ts';
import { consentStore } from '../../src/store/consent-store.ts';
import type { Database } from '../../src/store/database.ts';
import { exemptionStore } from '../../src/store/exemption-store.ts';
import { receptionist, tick } from './history.ts';

type Said = Partial<RecordedConsent> & Pick<RecordedConsent, 'patientId' | 'kind'>;

/** Keeps acts on consents, whether or not anybody may record them. */
export async function keepConsents(
  database: Database,
  practiceId: string,
  said: readonly Said[],
): Promise<RecordedConsent[]> {
  return consentStore(database).change(practiceId, async (change) => {
    const kept: RecordedConsent[] = [];
    for (const one of said) {
      const act = {
        extractId: 'explicit-consent',
        on: '2020-05-06',
        how: 'paper-form',
        reference: 'Form in the record',
        importId: 'an-import',
        recordedAt: tick(),
        actor: receptionist,
        ...one,
        id: randomUUID(),
      };
      const entry = consentEntry(act);
      const ledgerIndex = change.append(entry.act, act.actor, entry.data, act.recordedAt);
      kept.push({ ...act, ledgerIndex });
    }
    await change.save(kept);
    return kept;
  });
}

const manager: Actor = { kind: 'staff', id: 'the-manager' };
const guardian: Actor = { kind: 'staff', id: 'the-guardian' };

/** Keeps an exemption that was asked for and approved, and with `end` ended. */
export async function keepExemption(
  database: Database,
  practiceId: string,
  end?: 'end',
  different: Partial<Exemption> = {},
  approvedBy = guardian,
): Promise<Exemption> {
  const store = exemptionStore(database);
  const asked: Exemption = {
    id: randomUUID(),
    extractId: 'public-health',
    version: 1,
    type: 'type-1',
    reason: 'An outbreak',
    reference: 'Notice 4',
    endsOn: '2026-12-31',
    state: 'asked',
    askedAt: tick(),
    askedBy: manager.id,
    decidedAt: null,
    decidedBy: null,
    endedAt: null,
    endedBy: null,
    ...different,
  };
  const { id } = asked;
  await store.change(practiceId, async (change) => {
    await change.add(asked);
    change.append('exemption-asked', manager, askedEntry(asked), asked.askedAt);
  });
  const decidedAt = tick();
  await store.change(practiceId, async (change) => {
    await change.update(id, { state: 'approved', decidedAt, decidedBy: approvedBy.id });
    change.append('exemption-approved', approvedBy, namedEntry(asked), decidedAt);
  });
  if (end === undefined) return asked;
  const endedAt = tick();
  await store.change(practiceId, async (change) => {
    await change.update(id, { state: 'ended', endedAt, endedBy: guardian.id });
    change.append('exemption-ended', guardian, namedEntry(asked), endedAt);
  });
  return asked;
}
