-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "extractId" TEXT,
ADD COLUMN     "lastAt" TIMESTAMP(3),
ADD COLUMN     "permitted" INTEGER,
ADD COLUMN     "times" INTEGER,
ADD COLUMN     "withheld" INTEGER;

-- CreateTable
CREATE TABLE "Exemption" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "endsOn" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,

    CONSTRAINT "Exemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentAct" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ledgerIndex" INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    "recordedAt" TIMESTAMP(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "importId" TEXT,

    CONSTRAINT "ConsentAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Canary" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "nhsNumber" TEXT NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "addedBy" TEXT NOT NULL,
    "removedAt" TIMESTAMP(3),
    "removedBy" TEXT,

    CONSTRAINT "Canary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UsualNumber" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "incidentId" TEXT NOT NULL,
    "permitted" INTEGER NOT NULL,
    "withheld" INTEGER NOT NULL,
    "acceptedAt" TIMESTAMP(3) NOT NULL,
    "acceptedBy" TEXT NOT NULL,

    CONSTRAINT "UsualNumber_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Exemption_practiceId_extractId_version_idx" ON "Exemption"("practiceId", "extractId", "version");

-- CreateIndex
CREATE INDEX "Exemption_practiceId_state_idx" ON "Exemption"("practiceId", "state");

-- CreateIndex
CREATE INDEX "ConsentAct_practiceId_extractId_patientId_idx" ON "ConsentAct"("practiceId", "extractId", "patientId");

-- CreateIndex
CREATE INDEX "ConsentAct_practiceId_patientId_idx" ON "ConsentAct"("practiceId", "patientId");

-- CreateIndex
CREATE UNIQUE INDEX "ConsentAct_practiceId_ledgerIndex_key" ON "ConsentAct"("practiceId", "ledgerIndex");

-- CreateIndex
CREATE INDEX "Canary_practiceId_extractId_idx" ON "Canary"("practiceId", "extractId");

-- CreateIndex
CREATE INDEX "UsualNumber_practiceId_extractId_version_idx" ON "UsualNumber"("practiceId", "extractId", "version");

-- Append-only: made again by every migration.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION refuse_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."state" <> 'asked' OR NEW."decidedBy" IS NOT NULL THEN RAISE EXCEPTION 'an exemption is asked for by one person and approved by another'; END IF;
  ELSIF NEW."practiceId" <> OLD."practiceId" OR NEW."extractId" <> OLD."extractId" OR NEW."version" <> OLD."version" OR NEW."type" <> OLD."type" OR NEW."reason" <> OLD."reason" OR NEW."reference" <> OLD."reference" OR NEW."endsOn" <> OLD."endsOn" OR NEW."askedBy" <> OLD."askedBy" OR NEW."decidedBy" = NEW."askedBy" OR (NEW."state" IN ('approved', 'refused') AND NEW."decidedBy" IS NULL) OR (NEW."state" IN ('approved', 'refused') AND OLD."state" <> 'asked' AND NEW."state" <> OLD."state") OR (OLD."decidedBy" IS NOT NULL AND (NEW."decidedBy" IS NULL OR NEW."decidedBy" <> OLD."decidedBy")) THEN RAISE EXCEPTION 'an exemption is asked for by one person and approved by another';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS "Exemption_two_people" ON "Exemption";
CREATE TRIGGER "Exemption_two_people" BEFORE INSERT OR UPDATE ON "Exemption" FOR EACH ROW EXECUTE FUNCTION refuse_one_person();
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
DROP TRIGGER IF EXISTS "ConsentAct_no_change" ON "ConsentAct";
CREATE TRIGGER "ConsentAct_no_change" BEFORE UPDATE OR DELETE ON "ConsentAct" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ConsentAct_no_truncate" ON "ConsentAct";
CREATE TRIGGER "ConsentAct_no_truncate" BEFORE TRUNCATE ON "ConsentAct" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
