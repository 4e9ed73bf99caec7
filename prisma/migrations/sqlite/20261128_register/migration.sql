-- AlterTable
ALTER TABLE "Extract" ADD COLUMN "keyChangedAt" DATETIME;

-- AlterTable
ALTER TABLE "ExtractVersion" ADD COLUMN "certificateBy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "certificateReference" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "destroyedOn" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "freeText" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "groundWords" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "sentAt" DATETIME;
ALTER TABLE "ExtractVersion" ADD COLUMN "sentBy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "suspendedWhy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "workedOnBy" TEXT;

-- CreateTable
CREATE TABLE "OtherFlow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "appliedBy" TEXT NOT NULL,
    "evidencedOn" TEXT,
    "evidence" TEXT NOT NULL,
    "registeredBy" TEXT NOT NULL,
    "registeredAt" DATETIME NOT NULL,
    "endedAt" DATETIME
);

-- CreateIndex
CREATE INDEX "OtherFlow_practiceId_idx" ON "OtherFlow"("practiceId");

-- Append-only: made again by every migration.
DROP TRIGGER IF EXISTS "LedgerLeaf_no_update";
CREATE TRIGGER "LedgerLeaf_no_update" BEFORE UPDATE ON "LedgerLeaf" BEGIN SELECT RAISE(ABORT, 'LedgerLeaf is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerLeaf_no_delete";
CREATE TRIGGER "LedgerLeaf_no_delete" BEFORE DELETE ON "LedgerLeaf" BEGIN SELECT RAISE(ABORT, 'LedgerLeaf is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerText_no_update";
CREATE TRIGGER "LedgerText_no_update" BEFORE UPDATE ON "LedgerText" BEGIN SELECT RAISE(ABORT, 'LedgerText is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerText_no_delete";
CREATE TRIGGER "LedgerText_no_delete" BEFORE DELETE ON "LedgerText" BEGIN SELECT RAISE(ABORT, 'LedgerText is append-only'); END;
DROP TRIGGER IF EXISTS "ObjectionAct_no_update";
CREATE TRIGGER "ObjectionAct_no_update" BEFORE UPDATE ON "ObjectionAct" BEGIN SELECT RAISE(ABORT, 'ObjectionAct is append-only'); END;
DROP TRIGGER IF EXISTS "ObjectionAct_no_delete";
CREATE TRIGGER "ObjectionAct_no_delete" BEFORE DELETE ON "ObjectionAct" BEGIN SELECT RAISE(ABORT, 'ObjectionAct is append-only'); END;
DROP TRIGGER IF EXISTS "ReleaseAccount_no_update";
CREATE TRIGGER "ReleaseAccount_no_update" BEFORE UPDATE ON "ReleaseAccount" BEGIN SELECT RAISE(ABORT, 'ReleaseAccount is append-only'); END;
DROP TRIGGER IF EXISTS "ReleaseAccount_no_delete";
CREATE TRIGGER "ReleaseAccount_no_delete" BEFORE DELETE ON "ReleaseAccount" BEGIN SELECT RAISE(ABORT, 'ReleaseAccount is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_update";
CREATE TRIGGER "AccessLog_no_update" BEFORE UPDATE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_delete";
CREATE TRIGGER "AccessLog_no_delete" BEFORE DELETE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "ExtractVersion_two_people_insert";
CREATE TRIGGER "ExtractVersion_two_people_insert" BEFORE INSERT ON "ExtractVersion" WHEN NEW."approvedBy" = NEW."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0 OR (NEW."state" = 'approved' AND NEW."approvedBy" IS NULL) BEGIN SELECT RAISE(ABORT, 'who registered, edited or sent a version of an extract cannot approve it'); END;
DROP TRIGGER IF EXISTS "ExtractVersion_two_people_update";
CREATE TRIGGER "ExtractVersion_two_people_update" BEFORE UPDATE ON "ExtractVersion" WHEN NEW."approvedBy" = NEW."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0 OR (NEW."state" = 'approved' AND NEW."approvedBy" IS NULL) OR NEW."registeredBy" <> OLD."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), rtrim(COALESCE(OLD."workedOnBy", ''), ']')) <> 1 BEGIN SELECT RAISE(ABORT, 'who registered, edited or sent a version of an extract cannot approve it'); END;
