// Invented payers, plans, dentists and patients. Every name, number and address is made up.
import type {
  CoverageId,
  FeeScheduleId,
  PatientId,
  PayerId,
  PayerRuleId,
  PlanId,
  ProviderId,
  UserId,
} from '#core/ids.ts'
import { rulesOf } from '#core/payer-rule/match.ts'
import type { OfficeRule, PayerRule, RuleTerm } from '#core/payer-rule/schema.ts'
import { isNpi } from '#core/office.ts'
import { birthTerms, phoneTerms, termsOf } from '#core/search-terms.ts'
import type { Bulk } from './bulk.ts'
import { ALLOWED, FEES } from './procedures.ts'
import { createRandom, type Random } from './random.ts'

const FIRST =
  'Sam Kim Lee Ana Max Ida Tom Eva Ben Zoe Leo Mia Jon Amy Ian Liv Ray Una Ned Fay Abe Joy Hal Pia Gus Lia Rex Ada Kit Nia Ty Bea Cal Dee Eli Flo Gil Hope Ira Jan'.split(
    ' ',
  )
const LAST =
  'Doe Roe Poe Loe Sample Example Mustermann Placeholder Testa Muster Modelo Ejemplo Fulano Voorbeeld Vzor Esempio Beispiel Nobody Someone Anyone Somebody Everyman Stand-In Dummy Specimen Trial Pattern Template Draft Sketch Outline Figment Fiction Fable Legend Story Novel Page Chapter Verse'.split(
    ' ',
  )
const CITIES = [
  { city: 'Springfield', state: 'IL', zip: '62701' },
  { city: 'Riverton', state: 'WY', zip: '82501' },
  { city: 'Fairview', state: 'OR', zip: '97024' },
  { city: 'Centerville', state: 'OH', zip: '45459' },
] as const

interface PayerSpec {
  name: string
  kind: 'commercial' | 'medicaid'
  answerDays: number | null
  appealDays: number | null
  filingDays: number | null
  /** Pays by a lower fee than its contract says: what the figures of shortfalls should find. */
  paysLess?: true
  mode: 'phased' | 'final_only'
}
const USUAL = { kind: 'commercial', answerDays: 10, appealDays: 180, filingDays: 365, mode: 'phased' } as const
const PAYERS: readonly PayerSpec[] = [
  { ...USUAL, name: 'Sample Dental Plan' },
  { ...USUAL, name: 'Evergreen Mutual', answerDays: 12, appealDays: 90, filingDays: 180, mode: 'final_only' },
  { ...USUAL, name: 'Harborlight Benefits', answerDays: null, appealDays: null, paysLess: true },
  { ...USUAL, name: 'State Children’s Dental', kind: 'medicaid', answerDays: 3, appealDays: 60, filingDays: 95 },
  { ...USUAL, name: 'Union Trust Dental', answerDays: 15 },
]
const ANNUAL_MAX_CENTS = 150_000
const SOURCE = 'Invented for practice data'
const INVENTED = { state: '', words: '', source: SOURCE, docDate: '', confidence: 'reported' } as const

/** What the practice knows of a payer. */
function knownOf({ answerDays, appealDays, filingDays }: PayerSpec): RuleTerm[] {
  return [
    ...(answerDays === null
      ? []
      : [{ topic: 'answer' as const, count: answerDays, unit: 'bd' as const, from: '', kind: null, expedited: null }]),
    ...(appealDays === null
      ? []
      : [{ topic: 'appeal' as const, count: appealDays, unit: 'cd' as const, from: '', level: 1 }]),
    ...(filingDays === null ? [] : [{ topic: 'filing' as const, count: filingDays, unit: 'cd' as const, from: '' }]),
    { topic: 'frequency', count: 1, scope: 'tooth', period: 60, unit: 'month', counted: [] },
  ]
}

export interface SeedPlan {
  id: PlanId
  name: string
  group: string
  annualMaxCents: number
  network: 'in' | 'out'
  percent: number
  payer: PayerSpec & { id: PayerId; code: string; rules: readonly PayerRule[] }
}
export interface SeedPatient {
  id: PatientId
  first: string
  last: string
  born: string
  gender: 'M' | 'F' | 'U'
  street: string
  city: (typeof CITIES)[number]
  coverage: { id: CoverageId; memberId: string; plan: SeedPlan; relation: 'self' | 'child'; holder: string } | null
}
export interface RowStamp {
  version: number
  updated_by: UserId
  updated_at: string
}

/** The fees of the contract whose payer pays less than it says. */
function seedContract(bulk: Bulk, id: FeeScheduleId, from: string, payer: string, stamp: RowStamp): void {
  const fees = Object.entries(FEES).map(([code, cents]) => ({ code, cents: Math.round(cents * ALLOWED) }))
  bulk.insert('fee_schedule', {
    id,
    name: `${payer} PPO contract`,
    kind: 'contract',
    members_json: '[]',
    ends_on: null,
    editions_json: JSON.stringify([{ from, source: SOURCE, fees }]),
    ...stamp,
  })
}

/** Two plans for each invented payer. @param contract the id of the one contract whose fees are on file */
export function seedPayers(
  bulk: Bulk,
  random: Random,
  day: string,
  stamp: RowStamp,
  contract: FeeScheduleId,
): SeedPlan[] {
  seedContract(bulk, contract, day, PAYERS.find((one) => one.paysLess)!.name, stamp)
  // Of its own, so that the rest of the practice stays as it was.
  const ruleIds = createRandom(10)
  return PAYERS.flatMap((spec, at) => {
    const id = random.id<PayerId>(day)
    const ownRules = knownOf(spec).map((term): OfficeRule => ({
      id: ruleIds.id<PayerRuleId>(day),
      version: 1,
      payerId: id,
      planId: null,
      replaces: null,
      isOff: false,
      basis: null,
      body: { ...INVENTED, term, codes: term.topic === 'frequency' ? ['D2710-D2794'] : [], seenOn: day },
    }))
    const rules = rulesOf([], { rulesKey: '', ownRules, officeState: '' }, null)
    const payer = { ...spec, id, code: `INV0${at + 1}`, rules }
    bulk.insert('payer', {
      id: payer.id,
      name: spec.name,
      payer_code: payer.code,
      kind: spec.kind,
      street: `PO Box ${100 + at}`,
      ...CITIES[at % CITIES.length]!,
      phone: `555-555-02${10 + at}`,
      portal: '',
      rules_key: '',
      reporting_mode: spec.mode,
      source: SOURCE,
      ...stamp,
    })
    for (const { id: ruleId, payerId, body } of ownRules)
      bulk.insert('payer_rule', {
        id: ruleId,
        payer_id: payerId,
        plan_id: null,
        body_json: JSON.stringify(body),
        replaces: null,
        is_off: 0,
        basis_json: null,
        ...stamp,
      })
    return ['PPO', 'Basic'].map((name, index) => {
      const id = random.id<PlanId>(day)
      const group = `G${at + 1}0${index + 1}`
      const network = index === 0 ? ('in' as const) : ('out' as const)
      const percent = index === 0 ? 80 : 50
      bulk.insert('plan', {
        id,
        payer_id: payer.id,
        name,
        group_number: group,
        network,
        fee_schedule_id: spec.paysLess && network === 'in' ? contract : null,
        benefit_year_month: 1,
        annual_max_cents: ANNUAL_MAX_CENTS,
        deductible_cents: 5000,
        family_deductible_cents: null,
        family_max_cents: null,
        orthodontic_max_cents: null,
        endo_percent: percent,
        benefits_json: '[]',
        code_benefits_json: '[]',
        ...stamp,
      })
      return { id, name, group, annualMaxCents: ANNUAL_MAX_CENTS, network, percent, payer }
    })
  })
}

/** Two more dentists beside those of the office. NPIs begin with 2: none are issued there. */
export function seedProviders(bulk: Bulk, random: Random, day: string, stamp: RowStamp): ProviderId[] {
  return ['Robin Sample', 'Jordan Example'].map((name, at) => {
    const [first, last] = name.split(' ') as [string, string]
    const id = random.id<ProviderId>(day)
    const stem = `2${random.digits(8)}`
    const npi = Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`).find(isNpi) ?? ''
    bulk.insert('provider', {
      id,
      first_name: first,
      last_name: last,
      npi,
      license: `INV-${at + 1}`,
      taxonomy: at === 0 ? '1223E0200X' : '122300000X',
      active: 1,
      ...stamp,
    })
    return id
  })
}

/** One patient of about `age` years on `day`, with a coverage for nine in ten, and the words that find them. */
export function seedPatient(
  bulk: Bulk,
  random: Random,
  plans: readonly SeedPlan[],
  input: { age: number; day: string; birthday: string; stamp: RowStamp; insured: boolean },
): SeedPatient {
  const { day, stamp } = input
  const id = random.id<PatientId>(day)
  const [first, last] = [random.pick(FIRST), random.pick(LAST)]
  const city = random.pick(CITIES)
  const patient: SeedPatient = {
    id,
    first,
    last,
    born: input.birthday,
    gender: random.pick(['M', 'F', 'U'] as const),
    street: `${random.between(1, 999)} Sample St`,
    city,
    coverage: null,
  }
  const child = input.age < 18
  const externalId = random.digits(6)
  const phone = `(555) 555-${random.digits(4)}`
  bulk.insert('patient', {
    id,
    last_name: last,
    first_name: first,
    birth_date: patient.born,
    gender: patient.gender,
    street: patient.street,
    ...city,
    phone,
    guarantor: child ? `Parent ${last}` : '',
    external_id: externalId,
    note: '',
    sort_name: `${last}, ${first} ${id}`.toLowerCase(),
    ...stamp,
  })
  const terms = [...termsOf(last, first, externalId), ...birthTerms(patient.born), ...phoneTerms(phone)]
  if (input.insured) {
    const plan = random.pick(plans)
    const coverage = { id: random.id<CoverageId>(day), memberId: `M${random.digits(8)}`, plan }
    patient.coverage = { ...coverage, relation: child ? 'child' : 'self', holder: child ? 'Parent' : first }
    terms.push(coverage.memberId.toLowerCase())
    bulk.insert('coverage', {
      id: coverage.id,
      patient_id: id,
      plan_id: plan.id,
      ordinal: 'primary',
      member_id: coverage.memberId,
      relation: patient.coverage.relation,
      subscriber_last_name: last,
      subscriber_first_name: patient.coverage.holder,
      subscriber_birth_date: child ? null : patient.born,
      subscriber_gender: 'U',
      subscriber_employer: '',
      street: patient.street,
      ...city,
      valid_from: null,
      valid_to: null,
      removed: 0,
      ...stamp,
    })
  }
  for (const term of new Set(terms))
    bulk.insert('search_term', { term, kind: 'patient', entity_id: id, patient_id: id })
  return patient
}
