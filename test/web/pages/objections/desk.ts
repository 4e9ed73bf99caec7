import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { Actor } from '../../../../src/ledger/entry.ts';
import type { ObjectionRequest } from '../../../../src/objections/request.ts';
import type { Services } from '../../../../src/services.ts';
import type { Role } from '../../../../src/staff/roles.ts';
import { aPatient } from '../../../support/factories.ts';
import { type Agent, logInAs } from '../../../support/log-in.ts';
import { readPage } from '../../../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../../../support/people.ts';
import { sharedRegistry } from '../../../support/shared-registry.ts';

export const NOW = new Date('2026-11-20T10:00:00.000Z');

/** Ada Lovelace at the desk of a practice with its people; she is 56. */
export type Desk = {
  readonly services: Services;
  readonly practice: StaffedPractice;
  readonly practiceId: string;
  readonly address: string;
  readonly patientId: string;
  /** Somebody's browser, logged in. */
  as(role: Role): Promise<Agent>;
  /** Another patient, born on another day. */
  another(dateOfBirth: string): Promise<string>;
  /** Records an objection without the pages, for tests of what comes after. Returns the first act's id. */
  recorded(different?: Partial<ObjectionRequest>): Promise<string>;
  withdrawn(different?: Partial<ObjectionRequest>): Promise<string>;
  end(): Promise<void>;
};

let opened = 0;

/** A practice of its own in the registry that all tests of the file share. `now` is the clock of that registry. */
export async function openDesk(now: () => Date = () => NOW): Promise<Desk> {
  const { registry, address } = await sharedRegistry(now);
  const { services } = registry;
  opened += 1;
  const practice = await addStaffedPractice(services, `D${String(opened).padStart(5, '0')}`);
  const { id: practiceId } = practice.practice;
  const by: Actor = { kind: 'staff', id: practice.receptionist.id };
  let people = 0;
  const another = async (dateOfBirth: string) => {
    const person = aPatient(people++, { givenName: 'Ada', familyName: 'Lovelace', title: 'Ms', dateOfBirth });
    const [added] = await services.patients.add(practiceId, [person], by);
    return added?.id ?? '';
  };
  const patientId = await another('1970-02-03');
  const ask = (different: Partial<ObjectionRequest>): ObjectionRequest => ({
    practiceId,
    patientId,
    types: ['type-1'],
    requester: 'patient',
    receivedVia: 'phone',
    receivedOn: '2026-11-02',
    identityChecked: 'photo-id',
    ...different,
  });
  return {
    services,
    practice,
    practiceId,
    address,
    patientId,
    another,
    as: (role) => logInAs(address, practice[role]),
    async recorded(different = {}) {
      const done = await services.objections.record(ask(different), by);
      return (done.ok && done.acts[0]?.id) || '';
    },
    async withdrawn(different = {}) {
      const done = await services.objections.withdraw(ask(different), by);
      return (done.ok && done.acts[0]?.id) || '';
    },
    async end() {
      expect(await services.ledger.verify(practiceId)).toMatchObject({ ok: true });
    },
  };
}

/** The errors that a page shows: where the summary's link goes, and what it says. */
export function errorsOf({ text }: Response): [href: string | null, text: string][] {
  return [...readPage(text).querySelectorAll('.nhsuk-error-summary a')].map((link) => [
    link.getAttribute('href'),
    link.textContent.trim(),
  ]);
}

/** Where an answer sends the browser. */
export const locationOf = ({ headers }: { headers: Record<string, string> }): string =>
  headers.location ?? '';

/** What of the form is filled in or chosen, by name; the form's token only when it is asked for. */
export function valuesOf({ text }: Response, withToken = false): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const field of readPage(text).querySelectorAll('main input, main textarea, main option[selected]')) {
    const kind = field.getAttribute('type');
    const chosen = kind === 'radio' || kind === 'checkbox' ? field.hasAttribute('checked') : true;
    const name = field.getAttribute('name') ?? 'select';
    const value = field.tagName === 'TEXTAREA' ? field.textContent : (field.getAttribute('value') ?? '');
    if (chosen && (withToken || name !== '_csrf')) values[name] = [...(values[name] ?? []), value];
  }
  return values;
}
