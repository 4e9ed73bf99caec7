import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../support/registry.ts';
import { manager, openScene, receptionist } from '../scene.ts';

const days = ['2016-01-01', '2018-10-11', '2026-11-20', '2079-01-01', ''];
const codes = ['9Nu0', '9Nu1', '9Nu4', '9Nu5', '9Ndo', 'XaZ8A', '9nu1'];
const step = fc.oneof(
  fc.record({
    what: fc.constant('upload' as const),
    rows: fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...codes), fc.constantFrom(...days)), {
      maxLength: 6,
    }),
  }),
  fc.record({ what: fc.constantFrom('record' as const, 'withdraw' as const), who: fc.nat(2) }),
  fc.record({ what: fc.constant('take' as const) }),
);

test('no objection in force stops being in force by any upload, nor by recording what it had', {
  timeout: 120_000,
}, async () => {
  const scene = await openScene();
  const { practiceId, objections, registry } = scene;
  const { database, reconciliations } = registry.services;
  const inForce = async () => {
    const rows = await database.reader.objection.findMany({ where: { practiceId, status: 'in-force' } });
    return rows.map(({ patientId, type }) => `${patientId} ${type}`).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const ids: string[] = [];
      for (let n = 0; n < 3; n++) ids.push(await scene.another('1980-01-01'));
      const numbers: string[] = [];
      for (const id of ids)
        numbers.push((await database.reader.patient.findUniqueOrThrow({ where: { id } })).nhsNumber);
      for (const one of steps) {
        const before = await inForce();
        if (one.what === 'upload') {
          const lines = one.rows.map(([who, code, day]) => `${numbers[who]},${code},${day}`);
          const bytes = Buffer.from(['NHS Number,Code,Date', ...lines].join('\n'));
          const file = { practiceId, madeUp: false, fileName: 'codes.csv', system: 'emis' as const, bytes };
          expect(await objections.reconcile(file, manager)).toMatchObject({ ok: true });
          expect(await inForce()).toEqual(before);
        } else if (one.what === 'take') {
          const [last] = await reconciliations.list(practiceId, 1);
          const places = Array.from({ length: last?.counts['not-held'] ?? 0 }, (_, place) => place);
          if (last) await objections.recordCoded({ practiceId, reconciliationId: last.id, places }, manager);
          expect(await inForce()).toEqual(expect.arrayContaining(before));
        } else {
          const asked = scene.ask({
            patientId: ids[one.who] ?? '',
            receivedOn: one.what === 'record' ? '2017-01-01' : '2026-11-19',
            identityChecked: 'photo-id',
          });
          await objections[one.what](asked, receptionist);
        }
      }
    }),
    { numRuns: 25 },
  );
  await scene.end();
});
