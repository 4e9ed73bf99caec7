-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Practice" (
    "id" TEXT NOT NULL,
    "ods" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "madeUp" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "objectionsTakenInAt" TIMESTAMP(3),
    "listTakenInAt" TIMESTAMP(3),

    CONSTRAINT "Practice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerHead" (
    "practiceId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "frontier" BYTEA NOT NULL,
    "nextOrdinal" INTEGER NOT NULL,
    "touched" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "LedgerHead_pkey" PRIMARY KEY ("practiceId")
);

-- CreateTable
CREATE TABLE "LedgerLeaf" (
    "practiceId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "commitment" BYTEA NOT NULL,

    CONSTRAINT "LedgerLeaf_pkey" PRIMARY KEY ("practiceId","index")
);

-- CreateTable
CREATE TABLE "LedgerText" (
    "practiceId" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "salt" BYTEA NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "LedgerText_pkey" PRIMARY KEY ("practiceId","index")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT,
    "oneTimeCodeHash" TEXT,
    "oneTimeCodeExpiresAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "lastLoggedInAt" TIMESTAMP(3),
    "disabledAt" TIMESTAMP(3),

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "idHash" TEXT NOT NULL,
    "staffId" TEXT,
    "data" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("idHash")
);

-- CreateTable
CREATE TABLE "RateLimiterFlexible" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "RateLimiterFlexible_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" TEXT NOT NULL,
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
    "addedAt" TIMESTAMP(3) NOT NULL,
    "changedAtIndex" INTEGER NOT NULL,

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessLog" (
    "seq" SERIAL NOT NULL,
    "practiceId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "what" TEXT NOT NULL,

    CONSTRAINT "AccessLog_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "PatientImport" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "wholeList" BOOLEAN NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "startedBy" TEXT NOT NULL,
    "leaseUntil" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "status" TEXT NOT NULL,
    "message" TEXT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "PatientImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PatientImportRow" (
    "importId" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "patientId" TEXT,

    CONSTRAINT "PatientImportRow_pkey" PRIMARY KEY ("importId","row")
);

-- CreateTable
CREATE TABLE "ObjectionAct" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ledgerIndex" INTEGER NOT NULL,
    "receivedOn" TEXT,
    "recordedAt" TIMESTAMP(3) NOT NULL,
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
    "importId" TEXT,

    CONSTRAINT "ObjectionAct_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Objection" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "since" TEXT,
    "receivedVia" TEXT,
    "requester" TEXT,
    "recordedAt" TIMESTAMP(3) NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "needsSettling" BOOLEAN NOT NULL DEFAULT false,
    "needsDecision" BOOLEAN NOT NULL DEFAULT false,
    "undated" BOOLEAN NOT NULL DEFAULT false,
    "errorsToConfirm" INTEGER NOT NULL DEFAULT 0,
    "tellNational" BOOLEAN NOT NULL DEFAULT false,
    "toldNationalAt" TIMESTAMP(3),
    "toldNationalBy" TEXT,
    "changedAtIndex" INTEGER NOT NULL,

    CONSTRAINT "Objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ObjectionImport" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "recorded" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "withdrawn" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "undated" INTEGER NOT NULL,

    CONSTRAINT "ObjectionImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WaitingWithdrawal" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "receivedOn" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,

    CONSTRAINT "WaitingWithdrawal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Extract" (
    "practiceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "pseudonymKey" BYTEA NOT NULL,

    CONSTRAINT "Extract_pkey" PRIMARY KEY ("practiceId","id")
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
    "registeredAt" TIMESTAMP(3) NOT NULL,
    "approvedBy" TEXT,
    "approvedAt" TIMESTAMP(3),
    "suspendedBy" TEXT,
    "suspendedAt" TIMESTAMP(3),

    CONSTRAINT "ExtractVersion_pkey" PRIMARY KEY ("practiceId","extractId","version")
);

-- CreateTable
CREATE TABLE "JobKey" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "extracts" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "revokedBy" TEXT,

    CONSTRAINT "JobKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "keyId" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "leaseUntil" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "startedIndex" INTEGER,
    "decidedIndex" INTEGER,
    "decidedAt" TIMESTAMP(3),
    "countIn" INTEGER,
    "countOut" INTEGER,
    "countWithheld" INTEGER,
    "reasons" TEXT,
    "digestIn" TEXT,
    "digestOut" TEXT,
    "bytesOut" DOUBLE PRECISION,
    "ledgerSize" INTEGER,
    "ledgerRoot" TEXT,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReleaseAccount" (
    "releaseId" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "members" BYTEA NOT NULL,
    "unlisted" BYTEA NOT NULL,
    "withheld" BYTEA NOT NULL,
    "salt" BYTEA NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "ReleaseAccount_pkey" PRIMARY KEY ("releaseId")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "practiceId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "size" INTEGER NOT NULL,
    "checked" TEXT NOT NULL,
    "problem" TEXT,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
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
