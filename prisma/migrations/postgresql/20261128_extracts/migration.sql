-- AlterTable
ALTER TABLE "ExtractVersion" ADD COLUMN     "agreementEndsOn" TEXT,
ADD COLUMN     "agreementReference" TEXT,
ADD COLUMN     "agreementStartsOn" TEXT,
ADD COLUMN     "confidentialityBasis" TEXT,
ADD COLUMN     "contact" TEXT,
ADD COLUMN     "destroyBy" TEXT,
ADD COLUMN     "endedAt" TIMESTAMP(3),
ADD COLUMN     "endedBy" TEXT,
ADD COLUMN     "fhir" TEXT,
ADD COLUMN     "fieldGroups" TEXT,
ADD COLUMN     "frequency" TEXT,
ADD COLUMN     "gdprBasis" TEXT,
ADD COLUMN     "groundExpiresOn" TEXT,
ADD COLUMN     "passedOn" TEXT,
ADD COLUMN     "payment" TEXT,
ADD COLUMN     "personColumns" TEXT,
ADD COLUMN     "recipientIsCompany" BOOLEAN,
ADD COLUMN     "returnedAt" TIMESTAMP(3),
ADD COLUMN     "returnedBy" TEXT,
ADD COLUMN     "returnedWhy" TEXT,
ADD COLUMN     "stricter" TEXT;

-- AlterTable
ALTER TABLE "Release" ADD COLUMN     "emptied" INTEGER;

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
