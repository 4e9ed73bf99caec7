import { appended, type RecordedTelling } from '../../src/notices/told-entry.ts';
import type { Database } from '../../src/store/database.ts';
import { tellingStore } from '../../src/store/telling-store.ts';
import { receptionist, tick } from './history.ts';

type Said = Partial<RecordedTelling> & Pick<RecordedTelling, 'patientId' | 'outcome'>;

/** Keeps tellings, whether or not anybody may record them. */
export async function keepTellings(database: Database, practiceId: string, said: readonly Said[]) {
  await tellingStore(database).change(practiceId, async (change) => {
    const of = {
      noticeId: 'a-notice',
      version: 1,
      attemptId: 'BCDFGHJKLMNP',
      how: 'letter',
      on: '2020-05-06',
    };
    const acts = said.map((one) =>
      appended(
        change,
        { ...of, runId: 'a-run', translationId: 'a-translation', ...one },
        receptionist,
        tick(),
      ),
    );
    await change.save(acts);
  });
}
