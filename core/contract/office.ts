// The office, its providers, payers and plans.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { FeeSchedule, FeeScheduleInput } from '../coverage/fee-schedule.ts'
import { FeeScheduleId, PayerId, PlanId, ProviderId } from '../ids.ts'
import { OfficeInput, Provider, ProviderInput } from '../office.ts'
import { Payer, PayerInput, Plan, PlanInput } from '../patient.ts'
import { FigureRow } from '../payer-figures.ts'
import { ADDRESS_PROBLEM, updateAddress } from '../update/address.ts'
import { command, query, Version } from './route.ts'

export const officeRoutes = {
  'office.get': query({
    permission: 'read',
    topics: ['office'],
    output: OfficeInput.extend({ version: Version }),
  }),
  'office.update': command({
    permission: 'manage',
    topics: ['office', 'session'],
    input: z.strictObject({ version: Version, office: OfficeInput }),
  }),
  'provider.list': query({
    permission: 'read',
    topics: ['provider'],
    output: z.strictObject({ providers: z.array(Provider) }),
  }),
  'provider.add': command({
    permission: 'work',
    topics: ['provider'],
    input: z.strictObject({ provider: ProviderInput }),
    output: z.strictObject({ id: ProviderId }),
  }),
  'provider.update': command({
    permission: 'work',
    topics: ['provider', 'case'],
    input: z.strictObject({ id: ProviderId, version: Version, provider: ProviderInput, active: z.boolean() }),
  }),
  'payer.list': query({
    permission: 'read',
    topics: ['payer'],
    input: z.strictObject({ text: z.string().max(100).default('') }),
    output: z.strictObject({ payers: z.array(Payer) }),
  }),
  'payer.add': command({
    permission: 'work',
    topics: ['payer'],
    input: z.strictObject({ payer: PayerInput }),
    output: z.strictObject({ id: PayerId }),
  }),
  'payer.update': command({
    permission: 'work',
    topics: ['payer', 'case'],
    input: z.strictObject({ id: PayerId, version: Version, payer: PayerInput }),
  }),
  /** Everything known of a payer’s days, by topic: learned, typed, shipped, assumed, and which one counts. */
  'payer.figures': query({
    permission: 'read',
    topics: ['payer', 'authorization'],
    input: z.strictObject({ id: PayerId }),
    output: z.strictObject({ rows: z.array(FigureRow) }),
  }),
  'plan.list': query({
    permission: 'read',
    topics: ['payer'],
    input: z.strictObject({ payerId: PayerId.nullable() }),
    output: z.strictObject({ plans: z.array(Plan) }),
  }),
  'plan.add': command({
    permission: 'work',
    topics: ['payer'],
    input: z.strictObject({ plan: PlanInput }),
    output: z.strictObject({ id: PlanId }),
  }),
  'plan.update': command({
    permission: 'work',
    topics: ['payer', 'case'],
    input: z.strictObject({ id: PlanId, version: Version, plan: PlanInput }),
  }),
} as const

export const feeScheduleRoutes = {
  /** The office's own fees first, then the contracts by name. */
  'feeSchedule.list': query({
    permission: 'read',
    topics: ['payer'],
    output: z.strictObject({ schedules: z.array(FeeSchedule) }),
  }),
  'feeSchedule.add': command({
    permission: 'work',
    topics: ['payer', 'case', 'claim'],
    input: z.strictObject({ schedule: FeeScheduleInput }),
    output: z.strictObject({ id: FeeScheduleId }),
  }),
  'feeSchedule.update': command({
    permission: 'work',
    topics: ['payer', 'case', 'claim'],
    input: z.strictObject({ id: FeeScheduleId, version: Version, schedule: FeeScheduleInput }),
  }),
} as const

export const Settings = z.strictObject({
  /** Days the office is closed: business-day clocks skip them. */
  holidays: z.array(IsoDate).max(400).default([]),
  /** Days after which an answer to "is an authorization needed?" is marked stale. */
  needStaleDays: z.number().int().min(1).max(1000).default(180),
  /** Once a morning the system says how many authorizations need a touch. */
  morningNotice: z.boolean().default(true),
  /** People may switch by a PIN for the day; changed by `session.allowPins` only. */
  allowPins: z.boolean().default(true),
  /** The last day of the months whose money is closed; changed by `setting.closeMonths` only. */
  closedThrough: IsoDate.nullable().default(null),
  /** Where newer versions of Claimwright are looked for, when an owner asks; nothing is asked for while it is off. */
  updates: z
    .strictObject({ on: z.boolean().default(false), address: z.string().trim().max(300).default('') })
    .refine(({ on, address }) => !on || updateAddress(address) !== null, {
      path: ['address'],
      message: ADDRESS_PROBLEM,
    })
    .default({ on: false, address: '' }),
  /** Whom claim files name as sender and receiver; empty ids fall back to the office’s tax ID and the payer. */
  clearinghouse: z
    .strictObject({
      name: z.string().trim().max(60).default(''),
      receiverId: z.string().trim().max(15).default(''),
      submitterId: z.string().trim().max(15).default(''),
      contact: z.string().trim().max(60).default(''),
      /** Marks files as test data (ISA15). */
      isTest: z.boolean().default(false),
    })
    .default({ name: '', receiverId: '', submitterId: '', contact: '', isTest: false }),
})
export type Settings = z.infer<typeof Settings>

export const settingRoutes = {
  'setting.get': query({ permission: 'read', topics: ['setting'], output: Settings }),
  'setting.set': command({
    permission: 'manage',
    topics: ['setting', 'case'],
    input: Settings,
  }),
  /** Money of a closed month is neither entered nor changed. Opening one again wants a reason. */
  'setting.closeMonths': command({
    permission: 'manage',
    topics: ['setting'],
    input: z.strictObject({ through: IsoDate.nullable(), reason: z.string().trim().max(300).default('') }),
  }),
} as const
