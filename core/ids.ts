// Identifiers are UUIDv7 text, made by the host; the brand keeps a patient's id out of a case's place.
import * as z from 'zod'

function id<Name extends string>() {
  return z.uuid().brand<Name>()
}

export const UserId = id<'UserId'>()
export type UserId = z.infer<typeof UserId>
export const ProviderId = id<'ProviderId'>()
export type ProviderId = z.infer<typeof ProviderId>
export const PatientId = id<'PatientId'>()
export type PatientId = z.infer<typeof PatientId>
export const PayerId = id<'PayerId'>()
export type PayerId = z.infer<typeof PayerId>
export const FeeScheduleId = id<'FeeScheduleId'>()
export type FeeScheduleId = z.infer<typeof FeeScheduleId>
export const PayerRuleId = id<'PayerRuleId'>()
export type PayerRuleId = z.infer<typeof PayerRuleId>
export const PlanId = id<'PlanId'>()
export type PlanId = z.infer<typeof PlanId>
export const CoverageId = id<'CoverageId'>()
export type CoverageId = z.infer<typeof CoverageId>
export const CaseId = id<'CaseId'>()
export type CaseId = z.infer<typeof CaseId>
export const VisitId = id<'VisitId'>()
export type VisitId = z.infer<typeof VisitId>
export const LineId = id<'LineId'>()
export type LineId = z.infer<typeof LineId>
export const AttachmentId = id<'AttachmentId'>()
export type AttachmentId = z.infer<typeof AttachmentId>
export const PatientPaymentId = id<'PatientPaymentId'>()
export type PatientPaymentId = z.infer<typeof PatientPaymentId>
export const SettlementId = id<'SettlementId'>()
export type SettlementId = z.infer<typeof SettlementId>
export const NoteId = id<'NoteId'>()
export type NoteId = z.infer<typeof NoteId>
export const AuthorizationId = id<'AuthorizationId'>()
export type AuthorizationId = z.infer<typeof AuthorizationId>
export const ClaimId = id<'ClaimId'>()
export type ClaimId = z.infer<typeof ClaimId>
export const RemittanceId = id<'RemittanceId'>()
export type RemittanceId = z.infer<typeof RemittanceId>
export const AppealId = id<'AppealId'>()
export type AppealId = z.infer<typeof AppealId>
export const TaskId = id<'TaskId'>()
export type TaskId = z.infer<typeof TaskId>
