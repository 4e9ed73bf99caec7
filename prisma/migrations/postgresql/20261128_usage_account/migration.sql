-- CreateTable
CREATE TABLE "RecipientLetter" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipientOds" TEXT NOT NULL,
    "types" TEXT NOT NULL,
    "agreedAt" TIMESTAMP(3) NOT NULL,
    "agreedIndex" INTEGER NOT NULL,
    "agreedVia" TEXT NOT NULL,
    "agreedBy" TEXT NOT NULL,
    "sentOn" TEXT,
    "sentBy" TEXT,
    "answeredOn" TEXT,
    "answeredBy" TEXT,
    "outcome" TEXT,
    "answer" TEXT,
    "stoppedAt" TIMESTAMP(3),
    "stoppedBy" TEXT,

    CONSTRAINT "RecipientLetter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RecipientLetter_practiceId_patientId_idx" ON "RecipientLetter"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "RecipientLetter_practiceId_answeredOn_idx" ON "RecipientLetter"("practiceId", "answeredOn");

-- One patient is looked up in a slice of each account: kept as it is, a slice is read without the rest.
ALTER TABLE "ReleaseAccount" ALTER COLUMN "members" SET STORAGE EXTERNAL;
ALTER TABLE "ReleaseAccount" ALTER COLUMN "withheld" SET STORAGE EXTERNAL;
ALTER TABLE "ReleaseAccount" ALTER COLUMN "unlisted" SET STORAGE EXTERNAL;

-- Append-only: made again by every migration.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
DROP TRIGGER IF EXISTS "LedgerLeaf_no_change" ON "LedgerLeaf";
CREATE TRIGGER "LedgerLeaf_no_change" BEFORE UPDATE OR DELETE ON "LedgerLeaf" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerLeaf_no_truncate" ON "LedgerLeaf";
CREATE TRIGGER "LedgerLeaf_no_truncate" BEFORE TRUNCATE ON "LedgerLeaf" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerText_no_change" ON "LedgerText";
CREATE TRIGGER "LedgerText_no_change" BEFORE UPDATE OR DELETE ON "LedgerText" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerText_no_truncate" ON "LedgerText";
CREATE TRIGGER "LedgerText_no_truncate" BEFORE TRUNCATE ON "LedgerText" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ObjectionAct_no_change" ON "ObjectionAct";
CREATE TRIGGER "ObjectionAct_no_change" BEFORE UPDATE OR DELETE ON "ObjectionAct" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ObjectionAct_no_truncate" ON "ObjectionAct";
CREATE TRIGGER "ObjectionAct_no_truncate" BEFORE TRUNCATE ON "ObjectionAct" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleaseAccount_no_change" ON "ReleaseAccount";
CREATE TRIGGER "ReleaseAccount_no_change" BEFORE UPDATE OR DELETE ON "ReleaseAccount" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleaseAccount_no_truncate" ON "ReleaseAccount";
CREATE TRIGGER "ReleaseAccount_no_truncate" BEFORE TRUNCATE ON "ReleaseAccount" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "AccessLog_no_change" ON "AccessLog";
CREATE TRIGGER "AccessLog_no_change" BEFORE UPDATE OR DELETE ON "AccessLog" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "AccessLog_no_truncate" ON "AccessLog";
CREATE TRIGGER "AccessLog_no_truncate" BEFORE TRUNCATE ON "AccessLog" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
