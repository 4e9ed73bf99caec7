import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../support/registry.ts';
import { addDays, londonDay, londonTime } from '../../src/day.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import { manager, openScene, receptionist, release, type Scene } from '../guard/scene.ts';
import { madeUpNhsNumber } from '../support/factories.ts';
import { openNow } from './open-now.ts';

const HOUR = 3_600_000;
const PEOPLE = 3;
let scene: Scene;
let people = 100;

beforeAll(async () => {
  const opened = await openScene();
  const endsOn = '2099-12-31';
  await opened.addExtract({ endsOn });
  await opened.addExtract({ extractId: 'care', ground: 'direct-care', endsOn });
  scene = { ...opened, job: { ...opened.job, extracts: ['research', 'care'] } };
});
afterAll(() => scene.end());

const person = fc.nat({ max: PEOPLE - 1 });
const daysAgo = fc.nat({ max: 4 });
const type = fc.constantFrom<'type-1' | 'type-2'>('type-1', 'type-2');
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('release' as const),
      extractId: fc.constantFrom('research', 'research', 'care'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      person,
      type,
      daysAgo,
      via: fc.constantFrom<'phone' | 'letter'>('phone', 'letter'),
      askedBefore: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), person, type, daysAgo }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('error' as const), which: fc.nat({ max: 20 }) }) },
);

// The second implementation: slow and obvious. It keeps what was said and what was seen to leave, and asks of everything,
// every time, whether it should have left.

type Said = {
  id: string;
  /** The act itself, or what it says of an earlier day. */
  isAct: boolean;
  person: number;
  type: string;
  objects: boolean;
  on: string;
  recordedAt: Date;
  via: string;
  wrong: boolean;
};
type Left = { id: string; at: Date; people: Set<number> };

function objectedAt(said: readonly Said[], at: Date): boolean {
  const day = londonDay(at);
  const wasHeard = ({ objects, on, recordedAt, via }: Said) => {
    if (on < day) return true;
    if (!objects) return on === day && londonDay(recordedAt) === day && recordedAt <= at;
    return on === day && (via !== 'phone' || londonTime(at) >= '06:00');
  };
  const heard = said.filter((one) => !one.wrong && wasHeard(one));
  const last = heard
    .map(({ on }) => on)
    .sort()
    .at(-1);
  return heard.some(({ on, objects }) => on === last && objects);
}

function shouldNotHaveLeft(said: readonly Said[], left: readonly Left[], who: number): string[] {
  const of = (type: string) => said.filter((one) => one.person === who && one.type === type);
  return left
    .filter(({ people }) => people.has(who))
    .filter(({ at }) => ['type-1', 'type-2'].some((type) => objectedAt(of(type), at)))
    .map(({ id }) => id);
}

test('an incident opens for every late objection whose data left, and for nobody else', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), event), { minLength: 2, maxLength: 9 }),
      async (events) => {
        const { services, practiceId, clock } = scene;
        clock.now = new Date((clock.now?.getTime() ?? 0) + 12 * 24 * HOUR);
        const numbers = Array.from({ length: PEOPLE }, () => madeUpNhsNumber(people++));
        const ids: string[] = [];
        for (const nhsNumber of numbers) ids.push(await scene.addPatient({ nhsNumber }));
        const said: Said[] = [];
        const left: Left[] = [];
        const expected = ids.map(() => new Set<string>());
        let asked = 0;

        for (const [hours, one] of events) {
          clock.now = new Date(clock.now.getTime() + hours * HOUR);
          const today = londonDay(clock.now);
          if (one.kind === 'release') {
            const rows = numbers.map((number) => `${number},x\n`).join('');
            const done = await release(scene, `nhs_number,note\n${rows}`, one.extractId);
            if (!done.ok) throw new Error(done.reason);
            const went = ids.flatMap((_, who) => (done.output.includes(numbers[who] ?? '-') ? [who] : []));
            if (one.extractId === 'research')
              left.push({ id: done.id, at: clock.now, people: new Set(went) });
          } else if (one.kind === 'error') {
            const act = said.filter(({ wrong, isAct }) => !wrong && isAct)[one.which];
            if (act === undefined) continue;
            for (const same of said) if (same.id === act.id) same.wrong = true;
            const about = { practiceId, actId: act.id };
            const marked = await services.objections.markInError(
              { ...about, reason: 'Wrong patient' },
              receptionist,
            );
            expect(marked.ok).toBe(true);
            if (act.objects)
              await services.objections.confirmError({ ...about, reason: 'Wrong patient' }, manager);
          } else {
            const on = addDays(today, -one.daysAgo);
            const via = one.kind === 'record' ? one.via : 'letter';
            const askedOn = one.kind === 'record' && one.askedBefore ? addDays(on, -one.askedBefore) : null;
            const request: ObjectionRequest = {
              practiceId,
              patientId: ids[one.person] ?? '',
              types: [one.type],
              requester: 'patient',
              receivedVia: via,
              receivedOn: on,
              identityChecked: 'photo-id',
              firstAskedOn: askedOn,
              firstAskedProof: askedOn && 'A letter',
            };
            const done = await services.objections[one.kind](request, receptionist);
            if (!done.ok) continue;
            const [act] = done.acts;
            const id = act?.id ?? '';
            const { person: who, type: of } = one;
            const shared = { id, person: who, type: of, recordedAt: clock.now, wrong: false };
            said.push({ ...shared, isAct: true, objects: one.kind === 'record', on, via });
            if (askedOn !== null) {
              asked += 1;
              said.push({ ...shared, isAct: false, objects: true, on: askedOn, via: 'letter' });
            }
          }
          expected.forEach((releases, who) => {
            for (const id of shouldNotHaveLeft(said, left, who)) releases.add(id);
          });
        }

        const incidents = (await openNow(services, practiceId)).filter(({ patientId }) =>
          ids.includes(patientId ?? ''),
        );
        ids.forEach((id, who) => {
          const named = incidents
            .filter(({ patientId }) => patientId === id)
            .flatMap(({ releases }) => releases);
          expect(named.sort()).toEqual([...(expected[who] ?? [])].sort());
        });
        expect(incidents.filter(({ kind }) => kind === 'asked-before')).toHaveLength(asked);
        expect(
          incidents.filter(({ kind, releases }) => kind !== 'asked-before' && releases.length === 0),
        ).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
