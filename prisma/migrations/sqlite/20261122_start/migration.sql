-- CreateTable
CREATE TABLE "Practice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "ods" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "madeUp" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,
    "objectionsTakenInAt" DATETIME,
    "listTakenInAt" DATETIME
);

-- CreateTable
CREATE TABLE "LedgerHead" (
    "practiceId" TEXT NOT NULL PRIMARY KEY,
    "size" INTEGER NOT NULL,
    "root" BLOB NOT NULL,
    "frontier" BLOB NOT NULL,
    "nextOrdinal" INTEGER NOT NULL,
    "touched" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "LedgerLeaf" (
    "practiceId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "commitment" BLOB NOT NULL,

    PRIMARY KEY ("practiceId", "index")
);

-- CreateTable
CREATE TABLE "LedgerText" (
    "practiceId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "salt" BLOB NOT NULL,
    "text" TEXT NOT NULL,

    PRIMARY KEY ("practiceId", "index")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT,
    "oneTimeCodeHash" TEXT,
    "oneTimeCodeExpiresAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "lastLoggedInAt" DATETIME,
    "disabledAt" DATETIME
);

-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT,
    "data" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RateLimiterFlexible" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "points" INTEGER NOT NULL,
    "expire" DATETIME
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "nhsNumber" TEXT NOT NULL,
    "title" TEXT,
    "givenName" TEXT NOT NULL,
    "familyName" TEXT NOT NULL,
    "givenNameKey" TEXT NOT NULL,
    "familyNameKey" TEXT NOT NULL,
    "dateOfBirth" TEXT NOT NULL,
    "gender" TEXT,
    "address" TEXT,
    "postcode" TEXT,
    "dateOfDeath" TEXT,
    "status" TEXT NOT NULL,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "leftOn" TEXT,
    "addedAt" DATETIME NOT NULL,
    "changedAtIndex" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "AccessLog" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "practiceId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "what" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "PatientImport" (
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
    "gone" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "PatientImportRow" (
    "importId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "patientId" TEXT,

    PRIMARY KEY ("importId", "row")
);

-- CreateTable
CREATE TABLE "ObjectionAct" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ledgerIndex" INTEGER NOT NULL,
    "receivedOn" TEXT,
    "recordedAt" DATETIME NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "requester" TEXT,
    "requesterName" TEXT,
    "authoritySeen" TEXT,
    "receivedVia" TEXT,
    "identityChecked" TEXT,
    "note" TEXT,
    "targetActId" TEXT,
    "settledAs" TEXT,
    "upheld" BOOLEAN,
    "reason" TEXT,
    "needsDecision" BOOLEAN NOT NULL DEFAULT false,
    "importId" TEXT
);

-- CreateTable
CREATE TABLE "Objection" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "since" TEXT,
    "receivedVia" TEXT,
    "requester" TEXT,
    "recordedAt" DATETIME NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "needsSettling" BOOLEAN NOT NULL DEFAULT false,
    "needsDecision" BOOLEAN NOT NULL DEFAULT false,
    "undated" BOOLEAN NOT NULL DEFAULT false,
    "errorsToConfirm" INTEGER NOT NULL DEFAULT 0,
    "tellNational" BOOLEAN NOT NULL DEFAULT false,
    "toldNationalAt" DATETIME,
    "toldNationalBy" TEXT,
    "changedAtIndex" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "ObjectionImport" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "recorded" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "undated" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "WaitingWithdrawal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT
);

-- CreateTable
CREATE TABLE "Extract" (
    "practiceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "pseudonymKey" BLOB NOT NULL,

    PRIMARY KEY ("practiceId", "id")
);

-- CreateTable
CREATE TABLE "ExtractVersion" (
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipientOds" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "ground" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "fields" TEXT NOT NULL,
    "nhsNumberColumn" TEXT,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT NOT NULL,
    "checksApproved" BOOLEAN NOT NULL,
    "includeLeft" BOOLEAN NOT NULL DEFAULT false,
    "stops" TEXT NOT NULL,
    "registeredBy" TEXT NOT NULL,
    "registeredAt" DATETIME NOT NULL,
    "approvedBy" TEXT,
    "approvedAt" DATETIME,
    "suspendedBy" TEXT,
    "suspendedAt" DATETIME,

    PRIMARY KEY ("practiceId", "extractId", "version")
);

-- CreateTable
CREATE TABLE "JobKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "extracts" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "revokedBy" TEXT
);

-- CreateTable
CREATE TABLE "Release" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "keyId" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "leaseUntil" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "startedIndex" INTEGER,
    "decidedIndex" INTEGER,
    "decidedAt" DATETIME,
    "countIn" INTEGER,
    "countOut" INTEGER,
    "countWithheld" INTEGER,
    "reasons" TEXT,
    "digestIn" TEXT,
    "digestOut" TEXT,
    "bytesOut" REAL,
    "ledgerSize" INTEGER,
    "ledgerRoot" TEXT
);

-- CreateTable
CREATE TABLE "ReleaseAccount" (
    "releaseId" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "members" BLOB NOT NULL,
    "unlisted" BLOB NOT NULL,
    "withheld" BLOB NOT NULL,
    "salt" BLOB NOT NULL,
    "digest" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "size" INTEGER NOT NULL,
    "checked" TEXT NOT NULL,
    "problem" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "Practice_ods_key" ON "Practice"("ods");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_email_key" ON "Staff"("email");

-- CreateIndex
CREATE INDEX "Staff_practiceId_name_idx" ON "Staff"("practiceId", "name");

-- CreateIndex
CREATE INDEX "Session_staffId_idx" ON "Session"("staffId");

-- CreateIndex
CREATE INDEX "Session_lastSeenAt_idx" ON "Session"("lastSeenAt");

-- CreateIndex
CREATE INDEX "Draft_staffId_idx" ON "Draft"("staffId");

-- CreateIndex
CREATE INDEX "Draft_expiresAt_idx" ON "Draft"("expiresAt");

-- CreateIndex
CREATE INDEX "Patient_practiceId_nhsNumber_idx" ON "Patient"("practiceId", "nhsNumber");

-- CreateIndex
CREATE INDEX "Patient_practiceId_familyNameKey_givenNameKey_idx" ON "Patient"("practiceId", "familyNameKey", "givenNameKey");

-- CreateIndex
CREATE INDEX "Patient_practiceId_dateOfBirth_familyNameKey_idx" ON "Patient"("practiceId", "dateOfBirth", "familyNameKey");

-- CreateIndex
CREATE INDEX "Patient_practiceId_changedAtIndex_idx" ON "Patient"("practiceId", "changedAtIndex");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_practiceId_ordinal_key" ON "Patient"("practiceId", "ordinal");

-- CreateIndex
CREATE INDEX "AccessLog_practiceId_patientId_at_idx" ON "AccessLog"("practiceId", "patientId", "at");

-- CreateIndex
CREATE INDEX "AccessLog_practiceId_seq_idx" ON "AccessLog"("practiceId", "seq");

-- CreateIndex
CREATE INDEX "PatientImport_practiceId_startedAt_idx" ON "PatientImport"("practiceId", "startedAt");

-- CreateIndex
CREATE INDEX "PatientImportRow_importId_outcome_row_idx" ON "PatientImportRow"("importId", "outcome", "row");

-- CreateIndex
CREATE INDEX "ObjectionAct_practiceId_patientId_type_idx" ON "ObjectionAct"("practiceId", "patientId", "type");

-- CreateIndex
CREATE INDEX "ObjectionAct_practiceId_recordedAt_idx" ON "ObjectionAct"("practiceId", "recordedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ObjectionAct_practiceId_ledgerIndex_key" ON "ObjectionAct"("practiceId", "ledgerIndex");

-- CreateIndex
CREATE INDEX "Objection_practiceId_status_recordedAt_id_idx" ON "Objection"("practiceId", "status", "recordedAt", "id");

-- CreateIndex
CREATE INDEX "Objection_practiceId_recordedAt_id_idx" ON "Objection"("practiceId", "recordedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Objection_patientId_type_key" ON "Objection"("patientId", "type");

-- CreateIndex
CREATE INDEX "ObjectionImport_practiceId_at_idx" ON "ObjectionImport"("practiceId", "at");

-- CreateIndex
CREATE INDEX "WaitingWithdrawal_practiceId_state_idx" ON "WaitingWithdrawal"("practiceId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "JobKey_hash_key" ON "JobKey"("hash");

-- CreateIndex
CREATE INDEX "JobKey_practiceId_createdAt_idx" ON "JobKey"("practiceId", "createdAt");

-- CreateIndex
CREATE INDEX "Release_practiceId_startedAt_id_idx" ON "Release"("practiceId", "startedAt", "id");

-- CreateIndex
CREATE INDEX "Release_practiceId_extractId_startedAt_idx" ON "Release"("practiceId", "extractId", "startedAt");

-- CreateIndex
CREATE INDEX "Release_status_leaseUntil_idx" ON "Release"("status", "leaseUntil");

-- CreateIndex
CREATE INDEX "ReleaseAccount_practiceId_idx" ON "ReleaseAccount"("practiceId");

-- CreateIndex
CREATE INDEX "Verification_practiceId_at_idx" ON "Verification"("practiceId", "at");

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
