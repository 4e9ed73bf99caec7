/** A trigger as append-only.ts keeps it; `body` is of the function that it calls on PostgreSQL. */
export type Trigger = {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
  readonly body?: string;
};

/** What is asked for stays as it was asked; who decides on it is somebody else, whoever writes to the database. */
const words = 'an exemption is asked for by one person and approved by another';
const asked = ['practiceId', 'extractId', 'version', 'type', 'reason', 'reference', 'endsOn', 'askedBy'];
const differs = asked.map((column) => `NEW."${column}" <> OLD."${column}"`).join(' OR ');
const wrongNew = `NEW."state" <> 'asked' OR NEW."decidedBy" IS NOT NULL`;
const wrongChange = [
  differs,
  `NEW."decidedBy" = NEW."askedBy"`,
  `(NEW."state" IN ('approved', 'refused') AND NEW."decidedBy" IS NULL)`,
  // What was decided, or has ended, is not decided again.
  `(NEW."state" IN ('approved', 'refused') AND OLD."state" <> 'asked' AND NEW."state" <> OLD."state")`,
  `(OLD."decidedBy" IS NOT NULL AND (NEW."decidedBy" IS NULL OR NEW."decidedBy" <> OLD."decidedBy"))`,
].join(' OR ');

export const sqliteTwoPeople: readonly Trigger[] = [
  {
    name: 'Exemption_asked_first',
    table: 'Exemption',
    sql: `CREATE TRIGGER "Exemption_asked_first" BEFORE INSERT ON "Exemption" WHEN ${wrongNew} BEGIN SELECT RAISE(ABORT, '${words}'); END;`,
  },
  {
    name: 'Exemption_two_people',
    table: 'Exemption',
    sql: `CREATE TRIGGER "Exemption_two_people" BEFORE UPDATE ON "Exemption" WHEN ${wrongChange} BEGIN SELECT RAISE(ABORT, '${words}'); END;`,
  },
];

const body = `
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF ${wrongNew} THEN RAISE EXCEPTION '${words}'; END IF;
  ELSIF ${wrongChange} THEN RAISE EXCEPTION '${words}';
  END IF;
  RETURN NEW;
END `;

export const twoPeopleFunction = `CREATE OR REPLACE FUNCTION refuse_one_person() RETURNS trigger LANGUAGE plpgsql AS $$${body}$$;`;

export const postgresqlTwoPeople: readonly Trigger[] = [
  {
    name: 'Exemption_two_people',
    table: 'Exemption',
    sql: 'CREATE TRIGGER "Exemption_two_people" BEFORE INSERT OR UPDATE ON "Exemption" FOR EACH ROW EXECUTE FUNCTION refuse_one_person();',
    body,
  },
];
