/** Every type of resource in FHIR R4 (hl7.org/fhir/R4/resourcelist.html). */
const types = `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic
Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List Location
Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest
MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured
MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition MessageHeader
MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition OperationOutcome
Organization OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition
Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup
ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription Substance
SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet
VerificationResult VisionPrescription`;

/** Types that speak of no patient at all: with these, and only these, a resource may leave that names nobody. */
const withoutPatients = `ActivityDefinition CodeSystem ConceptMap Endpoint HealthcareService InsurancePlan Library Location
Measure Medication MedicationKnowledge NamingSystem Organization OrganizationAffiliation PlanDefinition Practitioner
PractitionerRole Questionnaire StructureDefinition Substance ValueSet`;

/**
 * Types that are about other resources: whoever those speak of, this one speaks of too. Others name their own patient,
 * and an encounter or a reason beside it tells of nobody else.
 */
const aboutOthers = `AuditEvent Basic Composition DocumentManifest Group Linkage List MeasureReport MessageHeader
Provenance`;

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));
const allTypes = setOf(types);
const patientless = setOf(withoutPatients);
const collecting = setOf(aboutOthers);

export const isFhirType = (name: string): boolean => allTypes.has(name);
export const holdsNoPatient = (type: string): boolean => patientless.has(type);
export const isAboutOthers = (type: string): boolean => collecting.has(type);
