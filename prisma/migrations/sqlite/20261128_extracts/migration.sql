-- AlterTable
ALTER TABLE "ExtractVersion" ADD COLUMN "agreementEndsOn" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "agreementReference" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "agreementStartsOn" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "confidentialityBasis" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "contact" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "destroyBy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "endedAt" DATETIME;
ALTER TABLE "ExtractVersion" ADD COLUMN "endedBy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "fhir" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "fieldGroups" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "frequency" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "gdprBasis" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "groundExpiresOn" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "passedOn" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "payment" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "personColumns" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "recipientIsCompany" BOOLEAN;
ALTER TABLE "ExtractVersion" ADD COLUMN "returnedAt" DATETIME;
ALTER TABLE "ExtractVersion" ADD COLUMN "returnedBy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "returnedWhy" TEXT;
ALTER TABLE "ExtractVersion" ADD COLUMN "stricter" TEXT;

-- AlterTable
ALTER TABLE "Release" ADD COLUMN "emptied" INTEGER;

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
