import type { Actor } from '../ledger/entry.ts';
import { digestAccessLog, type Looked } from '../patients/access-log.ts';
import { addPatients, type NewPatient } from '../patients/add-patients.ts';
import { findPatients, type SearchTerms } from '../patients/find-patients.ts';
import { findUnusualLooks } from '../patients/find-unusual-looks.ts';
import { decideGone } from '../patients/finish-import.ts';
import { type ImportRequest, importPatients, lookAtList } from '../patients/import-patients.ts';
import { findLikelyMatches } from '../patients/likely-matches.ts';
import { type MappingSaid, rememberMapping } from '../patients/list-mapping.ts';
import { recordPerson } from '../patients/record-person.ts';
import { restrictPatient } from '../patients/restrict-patient.ts';
import { reviewUnusualLook } from '../patients/review-unusual-look.ts';
import { linkPeople, unlinkPeople } from '../patients/same-person-links.ts';
import { planUndo, type UndoRequest, undoImport } from '../patients/undo-import.ts';
import { accessLogStore } from '../store/access-log-store.ts';
import { listMappingStore } from '../store/list-mapping-store.ts';
import { patientImportStore } from '../store/patient-import-store.ts';
import { patientStore } from '../store/patient-store.ts';
import { personStore } from '../store/person-store.ts';
import { unusualLookStore } from '../store/unusual-look-store.ts';
import type { Opened } from './opened.ts';

/** The patient list, its imports, and who looked at whom. */
export function patientServices({ database, now, on }: Opened) {
  const patients = patientStore(database);
  const imports = patientImportStore(database);
  const people = personStore(database);
  const aboutPeople = on(people);
  const mappings = listMappingStore(database);
  const accesses = accessLogStore(database);
  const unusual = unusualLookStore(database);
  return {
    add: (practiceId: string, people: readonly NewPatient[], by: Actor) =>
      addPatients(patients, practiceId, people, by, now()),
    /** Null when the practice has no such patient, whoever else has. */
    byId: patients.byId,
    byIds: patients.byIds,
    withNumber: patients.byNhsNumber,
    find: (practiceId: string, terms: SearchTerms) => findPatients(patients, practiceId, terms),
    objectionsOf: patients.objectionsOf,
    /** Writes down who looked at whom. */
    noteLook: (person: { id: string; practiceId: string }, patientIds: readonly string[], what: Looked) =>
      accesses.note(person.practiceId, person.id, patientIds, what, now()),
    looks: accesses.ofPatient,
    /** Records of people: who is not on the list, who is there twice, who is restricted. */
    recordPerson: aboutPeople(recordPerson),
    link: aboutPeople(linkPeople),
    unlink: aboutPeople(unlinkPeople),
    restrict: aboutPeople(restrictPatient),
    toBeMatched: people.toBeMatched,
    linksOf: people.linksOf,
    recordsOf: people.recordsOf,
    likelyMatches: (practiceId: string, person: Parameters<typeof findLikelyMatches>[2]) =>
      findLikelyMatches(patients, practiceId, person),
    countLooks: accesses.countOfPatient,
    unusualLooks: {
      list: unusual.list,
      count: unusual.count,
      find: unusual.find,
      /** Searches what was written down since the last time. */
      search: (practiceId: string) => findUnusualLooks(unusual, practiceId, now()),
      review: on(unusual)(reviewUnusualLook),
    },
    digestAccessLog: (practiceId: string) => digestAccessLog(accesses, practiceId, now()),
    import: (request: ImportRequest, by: Actor) => importPatients(imports, mappings, request, by, now),
    /** What an import would make of the file, or has to be told first. */
    lookAtList: (request: ImportRequest) => lookAtList(mappings, request, now()),
    mappings: mappings.list,
    forgetMapping: mappings.forget,
    rememberMapping: (said: MappingSaid, by: Actor) => rememberMapping(mappings, said, by, now()),
    planUndo: (request: UndoRequest) => planUndo(imports, request, now()),
    undoImport: (request: UndoRequest, by: Actor) => undoImport(imports, request, by, now()),
    imports: imports.list,
    findImport: imports.find,
    importReport: imports.report,
    decideGone: (request: Parameters<typeof decideGone>[1], by: Actor) =>
      decideGone(imports, request, by, now()),
  };
}
