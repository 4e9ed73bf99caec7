import { describe, expect, test } from 'vitest';
import { actEntry, objectionLedgerActs, type RecordedAct } from '../../src/objections/act-entry.ts';
import { nothingSaid } from '../../src/objections/add-act.ts';
import { actKinds, type ObjectionAct } from '../../src/objections/objection.ts';
import { project } from '../../src/objections/projection.ts';
import { keyed, of } from './say.ts';

const recorded = (acts: ObjectionAct[]): RecordedAct[] =>
  acts.map((act, index) => ({
    ...nothingSaid,
    ...act,
    patientId: 'p',
    type: 'type-1',
    actor: { kind: 'staff', id: `s${index}` },
    requester: 'patient',
    receivedVia: index === 0 ? 'letter' : 'phone',
  }));

describe('the row for lists', () => {
  test('says who recorded the act that decides, and how it was received', () => {
    const acts = recorded(keyed(['record', '2026-03-01'], ['confirm', '2016-03-01']));
    expect(project(acts)).toEqual({
      status: 'in-force',
      since: '2026-03-01',
      needsSettling: false,
      needsDecision: false,
      undated: false,
      errorsToConfirm: 0,
      receivedVia: 'letter',
      requester: 'patient',
      recordedAt: acts[0]?.recordedAt,
      recordedBy: 's0',
    });
  });

  test.each([
    ['in-force', keyed(['record', '2016-03-01'])],
    ['withdrawn', keyed(['record', '2016-03-01'], ['withdraw', '2018-05-25'])],
    [
      'in-error',
      keyed(['record', '2016-03-01'], ['ask-error', null, of('a0')], ['confirm-error', null, of('a0')]),
    ],
    [
      'not-upheld',
      keyed(['record', '2016-03-01', { needsDecision: true }], ['decide', null, of('a0', { upheld: false })]),
    ],
  ])('is %s', (status, acts) => {
    expect(project(recorded(acts))).toMatchObject({
      status,
      recordedBy: status === 'withdrawn' ? 's1' : 's0',
    });
  });
});

describe('the entry of an act', () => {
  const [act] = recorded(keyed(['record', '2016-03-01'])) as [RecordedAct];

  test('exists for every kind, and for no other', () => {
    expect(actKinds.map((kind) => actEntry({ ...act, kind }).act)).toEqual(objectionLedgerActs);
    expect(actEntry({ ...act, kind: 'dissent' }).act).toBeNull();
  });

  test('holds no name, note or reason, yet changes with each of them', () => {
    const secret = 'Jo Bloggs';
    const plain = JSON.stringify(actEntry(act).data);
    const texts = ['requesterName', 'authoritySeen', 'identityChecked', 'note', 'reason'].map((field) =>
      JSON.stringify(actEntry({ ...act, [field]: secret }).data),
    );
    for (const text of texts) expect(text).not.toContain(secret);
    expect(new Set([plain, ...texts]).size).toBe(6);
  });

  test('does not show that two acts have the same note', () => {
    const details = (id: string) => actEntry({ ...act, id, note: 'same' }).data.details;
    expect(details('one')).not.toBe(details('two'));
  });
});
