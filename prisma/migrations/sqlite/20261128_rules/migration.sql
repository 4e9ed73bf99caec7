-- AlterTable
ALTER TABLE "Incident" ADD COLUMN "extractId" TEXT;
ALTER TABLE "Incident" ADD COLUMN "lastAt" DATETIME;
ALTER TABLE "Incident" ADD COLUMN "permitted" INTEGER;
ALTER TABLE "Incident" ADD COLUMN "times" INTEGER;
ALTER TABLE "Incident" ADD COLUMN "withheld" INTEGER;

-- CreateTable
CREATE TABLE "Exemption" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "endsOn" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "askedBy" TEXT NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT,
    "endedAt" DATETIME,
    "endedBy" TEXT
);

-- CreateTable
CREATE TABLE "ConsentAct" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ledgerIndex" INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    "recordedAt" DATETIME NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "importId" TEXT
);

-- CreateTable
CREATE TABLE "Canary" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "nhsNumber" TEXT NOT NULL,
    "addedAt" DATETIME NOT NULL,
    "addedBy" TEXT NOT NULL,
    "removedAt" DATETIME,
    "removedBy" TEXT
);

-- CreateTable
CREATE TABLE "UsualNumber" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "incidentId" TEXT NOT NULL,
    "permitted" INTEGER NOT NULL,
    "withheld" INTEGER NOT NULL,
    "acceptedAt" DATETIME NOT NULL,
    "acceptedBy" TEXT NOT NULL
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
DROP TRIGGER IF EXISTS "Exemption_asked_first";
CREATE TRIGGER "Exemption_asked_first" BEFORE INSERT ON "Exemption" WHEN NEW."state" <> 'asked' OR NEW."decidedBy" IS NOT NULL BEGIN SELECT RAISE(ABORT, 'an exemption is asked for by one person and approved by another'); END;
DROP TRIGGER IF EXISTS "Exemption_two_people";
CREATE TRIGGER "Exemption_two_people" BEFORE UPDATE ON "Exemption" WHEN NEW."practiceId" <> OLD."practiceId" OR NEW."extractId" <> OLD."extractId" OR NEW."version" <> OLD."version" OR NEW."type" <> OLD."type" OR NEW."reason" <> OLD."reason" OR NEW."reference" <> OLD."reference" OR NEW."endsOn" <> OLD."endsOn" OR NEW."askedBy" <> OLD."askedBy" OR NEW."decidedBy" = NEW."askedBy" OR (NEW."state" IN ('approved', 'refused') AND NEW."decidedBy" IS NULL) OR (NEW."state" IN ('approved', 'refused') AND OLD."state" <> 'asked' AND NEW."state" <> OLD."state") OR (OLD."decidedBy" IS NOT NULL AND (NEW."decidedBy" IS NULL OR NEW."decidedBy" <> OLD."decidedBy")) BEGIN SELECT RAISE(ABORT, 'an exemption is asked for by one person and approved by another'); END;
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
DROP TRIGGER IF EXISTS "ConsentAct_no_update";
CREATE TRIGGER "ConsentAct_no_update" BEFORE UPDATE ON "ConsentAct" BEGIN SELECT RAISE(ABORT, 'ConsentAct is append-only'); END;
DROP TRIGGER IF EXISTS "ConsentAct_no_delete";
CREATE TRIGGER "ConsentAct_no_delete" BEFORE DELETE ON "ConsentAct" BEGIN SELECT RAISE(ABORT, 'ConsentAct is append-only'); END;
