-- AlterTable
ALTER TABLE "LedgerHead" ADD COLUMN     "signature" BYTEA,
ADD COLUMN     "signedBy" TEXT;

-- CreateTable
CREATE TABLE "SigningKey" (
    "verifier" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "madeAtIndex" INTEGER NOT NULL,

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("verifier")
);

-- CreateTable
CREATE TABLE "PublishedCheckpoint" (
    "practiceId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PublishedCheckpoint_pkey" PRIMARY KEY ("practiceId","day")
);

-- CreateTable
CREATE TABLE "LedgerTile" (
    "practiceId" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "LedgerTile_pkey" PRIMARY KEY ("practiceId","level","index")
);

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_practiceId_madeAtIndex_key" ON "SigningKey"("practiceId", "madeAtIndex");

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
DROP TRIGGER IF EXISTS "SigningKey_no_change" ON "SigningKey";
CREATE TRIGGER "SigningKey_no_change" BEFORE UPDATE OR DELETE ON "SigningKey" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "SigningKey_no_truncate" ON "SigningKey";
CREATE TRIGGER "SigningKey_no_truncate" BEFORE TRUNCATE ON "SigningKey" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_change" ON "PublishedCheckpoint";
CREATE TRIGGER "PublishedCheckpoint_no_change" BEFORE UPDATE OR DELETE ON "PublishedCheckpoint" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_truncate" ON "PublishedCheckpoint";
CREATE TRIGGER "PublishedCheckpoint_no_truncate" BEFORE TRUNCATE ON "PublishedCheckpoint" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
