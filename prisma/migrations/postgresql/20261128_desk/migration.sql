-- AlterTable
ALTER TABLE "Patient" ADD COLUMN     "personId" TEXT;

-- AlterTable
ALTER TABLE "PatientImport" ADD COLUMN     "left" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "undoneAt" TIMESTAMP(3),
ADD COLUMN     "undoneBy" TEXT;

-- AlterTable
ALTER TABLE "ObjectionAct" ADD COLUMN     "firstAskedOn" TEXT,
ADD COLUMN     "firstAskedProof" TEXT,
ADD COLUMN     "requestId" TEXT;

-- AlterTable
ALTER TABLE "Objection" ADD COLUMN     "acknowledgeSince" TIMESTAMP(3),
ADD COLUMN     "acknowledgedAt" TIMESTAMP(3),
ADD COLUMN     "acknowledgedBy" TEXT,
ADD COLUMN     "codedAs" TEXT,
ADD COLUMN     "codedSeenAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "PersonLink" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "toId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "madeBy" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),
    "undoneBy" TEXT,
    "reason" TEXT,

    CONSTRAINT "PersonLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pile" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "receivedVia" TEXT NOT NULL,
    "arrived" INTEGER NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "startedBy" TEXT NOT NULL,
    "closedAt" TIMESTAMP(3),
    "closedBy" TEXT,

    CONSTRAINT "Pile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PileRequest" (
    "requestId" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "pileId" TEXT NOT NULL,
    "sheet" INTEGER NOT NULL,
    "patientId" TEXT NOT NULL,
    "keyedAt" TIMESTAMP(3) NOT NULL,
    "keyedBy" TEXT NOT NULL,

    CONSTRAINT "PileRequest_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "Evidence" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT,
    "fileName" TEXT,
    "contentType" TEXT,
    "size" INTEGER,
    "sealed" BYTEA,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "addedBy" TEXT NOT NULL,

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuthorityCheck" (
    "requestId" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "outcome" TEXT,
    "note" TEXT,
    "checkedAt" TIMESTAMP(3),
    "checkedBy" TEXT,

    CONSTRAINT "AuthorityCheck_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "BirthdayNoted" (
    "patientId" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
    "practiceId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "BirthdayNoted_pkey" PRIMARY KEY ("patientId","age")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "patientId" TEXT,
    "actId" TEXT,
    "sinceOn" TEXT,
    "releases" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "regulatorBy" TIMESTAMP(3) NOT NULL,
    "assessment" TEXT,
    "risk" TEXT,
    "tellRegulator" TEXT,
    "tellPatient" TEXT,
    "assessedAt" TIMESTAMP(3),
    "assessedBy" TEXT,
    "regulatorToldAt" TIMESTAMP(3),
    "patientToldAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "closedBy" TEXT,
    "closingWords" TEXT,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentWatch" (
    "practiceId" TEXT NOT NULL,
    "nextIndex" INTEGER NOT NULL,

    CONSTRAINT "IncidentWatch_pkey" PRIMARY KEY ("practiceId")
);

-- CreateTable
CREATE TABLE "ListMapping" (
    "practiceId" TEXT NOT NULL,
    "headerDigest" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "columns" TEXT,
    "dateOrder" TEXT,
    "savedAt" TIMESTAMP(3) NOT NULL,
    "savedBy" TEXT NOT NULL,

    CONSTRAINT "ListMapping_pkey" PRIMARY KEY ("practiceId","headerDigest")
);

-- CreateTable
CREATE TABLE "PatientBefore" (
    "importId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "before" TEXT,

    CONSTRAINT "PatientBefore_pkey" PRIMARY KEY ("importId","patientId")
);

-- CreateIndex
CREATE INDEX "PersonLink_practiceId_patientId_idx" ON "PersonLink"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "PersonLink_practiceId_toId_idx" ON "PersonLink"("practiceId", "toId");

-- CreateIndex
CREATE INDEX "Pile_practiceId_receivedOn_idx" ON "Pile"("practiceId", "receivedOn");

-- CreateIndex
CREATE INDEX "PileRequest_pileId_sheet_idx" ON "PileRequest"("pileId", "sheet");

-- CreateIndex
CREATE INDEX "Evidence_practiceId_requestId_idx" ON "Evidence"("practiceId", "requestId");

-- CreateIndex
CREATE INDEX "Evidence_practiceId_patientId_idx" ON "Evidence"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "AuthorityCheck_practiceId_outcome_idx" ON "AuthorityCheck"("practiceId", "outcome");

-- CreateIndex
CREATE INDEX "BirthdayNoted_practiceId_idx" ON "BirthdayNoted"("practiceId");

-- CreateIndex
CREATE INDEX "Incident_practiceId_closedAt_idx" ON "Incident"("practiceId", "closedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_practiceId_actId_kind_key" ON "Incident"("practiceId", "actId", "kind");

-- CreateIndex
CREATE INDEX "Patient_practiceId_personId_idx" ON "Patient"("practiceId", "personId");

-- CreateIndex
CREATE INDEX "Patient_practiceId_status_idx" ON "Patient"("practiceId", "status");

-- CreateIndex
CREATE INDEX "ObjectionAct_practiceId_requestId_idx" ON "ObjectionAct"("practiceId", "requestId");

-- CreateIndex
CREATE INDEX "Objection_practiceId_acknowledgeSince_idx" ON "Objection"("practiceId", "acknowledgeSince");

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
