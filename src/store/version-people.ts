import type { Trigger } from './two-people.ts';

const TWO_PEOPLE = 'who registered, edited or sent a version of an extract cannot approve it';

/**
 * Two different people, held by the database too: whoever worked on a version is never who approved it, nobody is
 * taken out of those who worked on it, and nothing counts as approved that nobody approved.
 */
const breaksTwoPeople = (find: 'instr' | 'strpos'): string =>
  [
    `NEW."approvedBy" = NEW."registeredBy"`,
    `${find}(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0`,
    `(NEW."state" = 'approved' AND NEW."approvedBy" IS NULL)`,
  ].join(' OR ');
const forgetsSomebody = (find: 'instr' | 'strpos'): string =>
  [
    `NEW."registeredBy" <> OLD."registeredBy"`,
    `${find}(COALESCE(NEW."workedOnBy", ''), rtrim(COALESCE(OLD."workedOnBy", ''), ']')) <> 1`,
  ].join(' OR ');

export const sqliteVersionPeople: readonly Trigger[] = [
  ['INSERT', breaksTwoPeople('instr')],
  ['UPDATE', `${breaksTwoPeople('instr')} OR ${forgetsSomebody('instr')}`],
].map(([event = '', wrong]) => {
  const name = `ExtractVersion_two_people_${event.toLowerCase()}`;
  const sql = `CREATE TRIGGER "${name}" BEFORE ${event} ON "ExtractVersion" WHEN ${wrong} BEGIN SELECT RAISE(ABORT, '${TWO_PEOPLE}'); END;`;
  return { name, table: 'ExtractVersion', sql };
});

const twoPeopleBody = `
BEGIN
  IF ${breaksTwoPeople('strpos')} THEN RAISE EXCEPTION '${TWO_PEOPLE}'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF ${forgetsSomebody('strpos')} THEN RAISE EXCEPTION '${TWO_PEOPLE}'; END IF;
  END IF;
  RETURN NEW;
END `;
export const versionPeopleFunction = `CREATE OR REPLACE FUNCTION two_people() RETURNS trigger LANGUAGE plpgsql AS $$${twoPeopleBody}$$;`;
export const postgresqlVersionPeople: Trigger = {
  name: 'ExtractVersion_two_people',
  table: 'ExtractVersion',
  sql: `CREATE TRIGGER "ExtractVersion_two_people" BEFORE INSERT OR UPDATE ON "ExtractVersion" FOR EACH ROW EXECUTE FUNCTION two_people();`,
  body: twoPeopleBody,
};
