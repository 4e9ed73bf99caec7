-- CreateIndex
CREATE INDEX "Incident_practiceId_extractId_idx" ON "Incident"("practiceId", "extractId");

-- CreateIndex
CREATE INDEX "Incident_practiceId_patientId_idx" ON "Incident"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "Release_practiceId_decidedAt_decidedIndex_idx" ON "Release"("practiceId", "decidedAt", "decidedIndex");

-- Append-only: made again by every migration.
DROP TRIGGER IF EXISTS "ExtractVersion_two_people_insert";
CREATE TRIGGER "ExtractVersion_two_people_insert" BEFORE INSERT ON "ExtractVersion" WHEN NEW."approvedBy" = NEW."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0 OR (NEW."state" = 'approved' AND NEW."approvedBy" IS NULL) BEGIN SELECT RAISE(ABORT, 'who registered, edited or sent a version of an extract cannot approve it'); END;
DROP TRIGGER IF EXISTS "ExtractVersion_two_people_update";
CREATE TRIGGER "ExtractVersion_two_people_update" BEFORE UPDATE ON "ExtractVersion" WHEN NEW."approvedBy" = NEW."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0 OR (NEW."state" = 'approved' AND NEW."approvedBy" IS NULL) OR NEW."registeredBy" <> OLD."registeredBy" OR instr(COALESCE(NEW."workedOnBy", ''), rtrim(COALESCE(OLD."workedOnBy", ''), ']')) <> 1 BEGIN SELECT RAISE(ABORT, 'who registered, edited or sent a version of an extract cannot approve it'); END;
DROP TRIGGER IF EXISTS "Exemption_asked_first";
CREATE TRIGGER "Exemption_asked_first" BEFORE INSERT ON "Exemption" WHEN NEW."state" <> 'asked' OR NEW."decidedBy" IS NOT NULL BEGIN SELECT RAISE(ABORT, 'an exemption is asked for by one person and approved by another'); END;
DROP TRIGGER IF EXISTS "Exemption_two_people";
CREATE TRIGGER "Exemption_two_people" BEFORE UPDATE ON "Exemption" WHEN NEW."practiceId" <> OLD."practiceId" OR NEW."extractId" <> OLD."extractId" OR NEW."version" <> OLD."version" OR NEW."type" <> OLD."type" OR NEW."reason" <> OLD."reason" OR NEW."reference" <> OLD."reference" OR NEW."endsOn" <> OLD."endsOn" OR NEW."askedBy" <> OLD."askedBy" OR NEW."decidedBy" = NEW."askedBy" OR (NEW."state" IN ('approved', 'refused') AND NEW."decidedBy" IS NULL) OR (NEW."state" IN ('approved', 'refused') AND OLD."state" <> 'asked' AND NEW."state" <> OLD."state") OR (OLD."decidedBy" IS NOT NULL AND (NEW."decidedBy" IS NULL OR NEW."decidedBy" <> OLD."decidedBy")) BEGIN SELECT RAISE(ABORT, 'an exemption is asked for by one person and approved by another'); END;
DROP TRIGGER IF EXISTS "NoticeVersion_published_stays";
CREATE TRIGGER "NoticeVersion_published_stays" BEFORE UPDATE ON "NoticeVersion" WHEN OLD."state" <> 'draft' AND (NEW."state" = 'draft' OR NEW."content" <> OLD."content" OR NEW."covers" <> OLD."covers"
 OR COALESCE(NEW."publishedIndex", -1) <> COALESCE(OLD."publishedIndex", -1) OR NEW."practiceId" <> OLD."practiceId" OR NEW."noticeId" <> OLD."noticeId" OR NEW."version" <> OLD."version") BEGIN SELECT RAISE(ABORT, 'the wording of a published notice never changes'); END;
DROP TRIGGER IF EXISTS "NoticeVersion_no_delete";
CREATE TRIGGER "NoticeVersion_no_delete" BEFORE DELETE ON "NoticeVersion" WHEN OLD."state" <> 'draft' BEGIN SELECT RAISE(ABORT, 'the wording of a published notice never changes'); END;
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
DROP TRIGGER IF EXISTS "ReleasePart_no_update";
CREATE TRIGGER "ReleasePart_no_update" BEFORE UPDATE ON "ReleasePart" BEGIN SELECT RAISE(ABORT, 'ReleasePart is append-only'); END;
DROP TRIGGER IF EXISTS "ReleasePart_no_delete";
CREATE TRIGGER "ReleasePart_no_delete" BEFORE DELETE ON "ReleasePart" BEGIN SELECT RAISE(ABORT, 'ReleasePart is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_update";
CREATE TRIGGER "AccessLog_no_update" BEFORE UPDATE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_delete";
CREATE TRIGGER "AccessLog_no_delete" BEFORE DELETE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "MonitorLook_no_update";
CREATE TRIGGER "MonitorLook_no_update" BEFORE UPDATE ON "MonitorLook" BEGIN SELECT RAISE(ABORT, 'MonitorLook is append-only'); END;
DROP TRIGGER IF EXISTS "MonitorLook_no_delete";
CREATE TRIGGER "MonitorLook_no_delete" BEFORE DELETE ON "MonitorLook" BEGIN SELECT RAISE(ABORT, 'MonitorLook is append-only'); END;
DROP TRIGGER IF EXISTS "ConsentAct_no_update";
CREATE TRIGGER "ConsentAct_no_update" BEFORE UPDATE ON "ConsentAct" BEGIN SELECT RAISE(ABORT, 'ConsentAct is append-only'); END;
DROP TRIGGER IF EXISTS "ConsentAct_no_delete";
CREATE TRIGGER "ConsentAct_no_delete" BEFORE DELETE ON "ConsentAct" BEGIN SELECT RAISE(ABORT, 'ConsentAct is append-only'); END;
DROP TRIGGER IF EXISTS "NoticeTranslation_no_update";
CREATE TRIGGER "NoticeTranslation_no_update" BEFORE UPDATE ON "NoticeTranslation" BEGIN SELECT RAISE(ABORT, 'NoticeTranslation is append-only'); END;
DROP TRIGGER IF EXISTS "NoticeTranslation_no_delete";
CREATE TRIGGER "NoticeTranslation_no_delete" BEFORE DELETE ON "NoticeTranslation" BEGIN SELECT RAISE(ABORT, 'NoticeTranslation is append-only'); END;
DROP TRIGGER IF EXISTS "ToldAct_no_update";
CREATE TRIGGER "ToldAct_no_update" BEFORE UPDATE ON "ToldAct" BEGIN SELECT RAISE(ABORT, 'ToldAct is append-only'); END;
DROP TRIGGER IF EXISTS "ToldAct_no_delete";
CREATE TRIGGER "ToldAct_no_delete" BEFORE DELETE ON "ToldAct" BEGIN SELECT RAISE(ABORT, 'ToldAct is append-only'); END;
DROP TRIGGER IF EXISTS "Reconciliation_no_update";
CREATE TRIGGER "Reconciliation_no_update" BEFORE UPDATE ON "Reconciliation" BEGIN SELECT RAISE(ABORT, 'Reconciliation is append-only'); END;
DROP TRIGGER IF EXISTS "Reconciliation_no_delete";
CREATE TRIGGER "Reconciliation_no_delete" BEFORE DELETE ON "Reconciliation" BEGIN SELECT RAISE(ABORT, 'Reconciliation is append-only'); END;
DROP TRIGGER IF EXISTS "ReconciliationLine_no_update";
CREATE TRIGGER "ReconciliationLine_no_update" BEFORE UPDATE ON "ReconciliationLine" BEGIN SELECT RAISE(ABORT, 'ReconciliationLine is append-only'); END;
DROP TRIGGER IF EXISTS "ReconciliationLine_no_delete";
CREATE TRIGGER "ReconciliationLine_no_delete" BEFORE DELETE ON "ReconciliationLine" BEGIN SELECT RAISE(ABORT, 'ReconciliationLine is append-only'); END;
DROP TRIGGER IF EXISTS "SigningKey_no_update";
CREATE TRIGGER "SigningKey_no_update" BEFORE UPDATE ON "SigningKey" BEGIN SELECT RAISE(ABORT, 'SigningKey is append-only'); END;
DROP TRIGGER IF EXISTS "SigningKey_no_delete";
CREATE TRIGGER "SigningKey_no_delete" BEFORE DELETE ON "SigningKey" BEGIN SELECT RAISE(ABORT, 'SigningKey is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_update";
CREATE TRIGGER "PublishedCheckpoint_no_update" BEFORE UPDATE ON "PublishedCheckpoint" BEGIN SELECT RAISE(ABORT, 'PublishedCheckpoint is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_delete";
CREATE TRIGGER "PublishedCheckpoint_no_delete" BEFORE DELETE ON "PublishedCheckpoint" BEGIN SELECT RAISE(ABORT, 'PublishedCheckpoint is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedRegister_no_update";
CREATE TRIGGER "PublishedRegister_no_update" BEFORE UPDATE ON "PublishedRegister" BEGIN SELECT RAISE(ABORT, 'PublishedRegister is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedRegister_no_delete";
CREATE TRIGGER "PublishedRegister_no_delete" BEFORE DELETE ON "PublishedRegister" BEGIN SELECT RAISE(ABORT, 'PublishedRegister is append-only'); END;
