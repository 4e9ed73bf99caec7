-- AlterTable
ALTER TABLE "Patient" ADD COLUMN "personId" TEXT;

-- AlterTable
ALTER TABLE "ObjectionAct" ADD COLUMN "firstAskedOn" TEXT;
ALTER TABLE "ObjectionAct" ADD COLUMN "firstAskedProof" TEXT;
ALTER TABLE "ObjectionAct" ADD COLUMN "requestId" TEXT;

-- AlterTable
ALTER TABLE "Objection" ADD COLUMN "acknowledgeSince" DATETIME;
ALTER TABLE "Objection" ADD COLUMN "acknowledgedAt" DATETIME;
ALTER TABLE "Objection" ADD COLUMN "acknowledgedBy" TEXT;
ALTER TABLE "Objection" ADD COLUMN "codedAs" TEXT;
ALTER TABLE "Objection" ADD COLUMN "codedSeenAt" DATETIME;

-- CreateTable
CREATE TABLE "PersonLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "toId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "madeBy" TEXT NOT NULL,
    "undoneAt" DATETIME,
    "undoneBy" TEXT,
    "reason" TEXT
);

-- CreateTable
CREATE TABLE "Pile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "receivedVia" TEXT NOT NULL,
    "arrived" INTEGER NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "startedBy" TEXT NOT NULL,
    "closedAt" DATETIME,
    "closedBy" TEXT
);

-- CreateTable
CREATE TABLE "PileRequest" (
    "requestId" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "pileId" TEXT NOT NULL,
    "sheet" INTEGER NOT NULL,
    "patientId" TEXT NOT NULL,
    "keyedAt" DATETIME NOT NULL,
    "keyedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Evidence" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT,
    "fileName" TEXT,
    "contentType" TEXT,
    "size" INTEGER,
    "sealed" BLOB,
    "addedAt" DATETIME NOT NULL,
    "addedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "AuthorityCheck" (
    "requestId" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "askedBy" TEXT NOT NULL,
    "outcome" TEXT,
    "note" TEXT,
    "checkedAt" DATETIME,
    "checkedBy" TEXT
);

-- CreateTable
CREATE TABLE "BirthdayNoted" (
    "patientId" TEXT NOT NULL,
    "age" INTEGER NOT NULL,
    "practiceId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,

    PRIMARY KEY ("patientId", "age")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "patientId" TEXT,
    "actId" TEXT,
    "sinceOn" TEXT,
    "releases" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "regulatorBy" DATETIME NOT NULL,
    "assessment" TEXT,
    "risk" TEXT,
    "tellRegulator" TEXT,
    "tellPatient" TEXT,
    "assessedAt" DATETIME,
    "assessedBy" TEXT,
    "regulatorToldAt" DATETIME,
    "patientToldAt" DATETIME,
    "closedAt" DATETIME,
    "closedBy" TEXT,
    "closingWords" TEXT
);

-- CreateTable
CREATE TABLE "IncidentWatch" (
    "practiceId" TEXT NOT NULL PRIMARY KEY,
    "nextIndex" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "ListMapping" (
    "practiceId" TEXT NOT NULL,
    "headerDigest" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "columns" TEXT,
    "dateOrder" TEXT,
    "savedAt" DATETIME NOT NULL,
    "savedBy" TEXT NOT NULL,

    PRIMARY KEY ("practiceId", "headerDigest")
);

-- CreateTable
CREATE TABLE "PatientBefore" (
    "importId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "before" TEXT,

    PRIMARY KEY ("importId", "patientId")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_PatientImport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "wholeList" BOOLEAN NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "startedBy" TEXT NOT NULL,
    "leaseUntil" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "status" TEXT NOT NULL,
    "message" TEXT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "undoneAt" DATETIME,
    "undoneBy" TEXT
);
INSERT INTO "new_PatientImport" ("added", "changed", "done", "endedAt", "fileDigest", "fileName", "gone", "id", "leaseUntil", "message", "practiceId", "refused", "rows", "startedAt", "startedBy", "status", "unchanged", "wholeList") SELECT "added", "changed", "done", "endedAt", "fileDigest", "fileName", "gone", "id", "leaseUntil", "message", "practiceId", "refused", "rows", "startedAt", "startedBy", "status", "unchanged", "wholeList" FROM "PatientImport";
DROP TABLE "PatientImport";
ALTER TABLE "new_PatientImport" RENAME TO "PatientImport";
CREATE INDEX "PatientImport_practiceId_startedAt_idx" ON "PatientImport"("practiceId", "startedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

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
