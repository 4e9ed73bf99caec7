import type { Trigger } from './two-people.ts';

/**
 * What patients were told stays what they were told: the wording of a published version never changes, it is never a
 * draft again, and no version goes. Held by the database too, whoever writes to it.
 */
const WORDS = 'the wording of a published notice never changes';
const changes = `OLD."state" <> 'draft' AND (NEW."state" = 'draft' OR NEW."content" <> OLD."content" OR NEW."covers" <> OLD."covers"
 OR COALESCE(NEW."publishedIndex", -1) <> COALESCE(OLD."publishedIndex", -1) OR NEW."practiceId" <> OLD."practiceId" OR NEW."noticeId" <> OLD."noticeId" OR NEW."version" <> OLD."version")`;

export const sqlitePublishedNotices: readonly Trigger[] = [
  {
    name: 'NoticeVersion_published_stays',
    table: 'NoticeVersion',
    sql: `CREATE TRIGGER "NoticeVersion_published_stays" BEFORE UPDATE ON "NoticeVersion" WHEN ${changes} BEGIN SELECT RAISE(ABORT, '${WORDS}'); END;`,
  },
  {
    name: 'NoticeVersion_no_delete',
    table: 'NoticeVersion',
    sql: `CREATE TRIGGER "NoticeVersion_no_delete" BEFORE DELETE ON "NoticeVersion" WHEN OLD."state" <> 'draft' BEGIN SELECT RAISE(ABORT, '${WORDS}'); END;`,
  },
];

const body = `
BEGIN
  IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION '${WORDS}';
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD."state" <> 'draft' THEN RAISE EXCEPTION '${WORDS}'; END IF;
    RETURN OLD;
  ELSIF ${changes} THEN RAISE EXCEPTION '${WORDS}';
  END IF;
  RETURN NEW;
END `;

export const publishedNoticesFunction = `CREATE OR REPLACE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$${body}$$;`;

export const postgresqlPublishedNotices: readonly Trigger[] = [
  {
    name: 'NoticeVersion_published_stays',
    table: 'NoticeVersion',
    sql: 'CREATE TRIGGER "NoticeVersion_published_stays" BEFORE UPDATE OR DELETE ON "NoticeVersion" FOR EACH ROW EXECUTE FUNCTION published_stays();',
    body,
  },
  {
    name: 'NoticeVersion_no_truncate',
    table: 'NoticeVersion',
    sql: 'CREATE TRIGGER "NoticeVersion_no_truncate" BEFORE TRUNCATE ON "NoticeVersion" FOR EACH STATEMENT EXECUTE FUNCTION published_stays();',
    body,
  },
];
