// Who of a list is whose guarantor and whose subscriber: told by numbers, names and member IDs that the list itself holds.
import type { IsoDate } from '../dates.ts'
import { nameKey, payerKey, type PatientInput, type PaymentOrder, type Relation } from '../patient.ts'
import type { ListedPerson, ListedPlan } from './read-people.ts'

/** A plan as it is kept: whose it is, as far as the list tells. */
export interface SaidPlan {
  order: PaymentOrder | null
  payer: string
  payerCode: string
  groupNumber: string
  memberId: string
  relation: Relation
  /** null: the patient. Names are empty where the list does not tell. */
  subscriber:
    (Pick<PatientInput, 'lastName' | 'firstName' | 'gender' | 'address'> & { birthDate: IsoDate | null }) | null
  employer: string
  validFrom: IsoDate | null
  validTo: IsoDate | null
}
/** What the list says of a person, ready to be kept. */
export type SaidPerson = Omit<PatientInput, 'lastName' | 'firstName' | 'birthDate'> & { plans: SaidPlan[] }

/** A person as a list says it: name and birth date with the rest. */
export type Listed = SaidPerson & Pick<PatientInput, 'lastName' | 'firstName' | 'birthDate'>

const NOBODY = {
  lastName: '',
  firstName: '',
  birthDate: null,
  gender: 'U' as const,
  address: { street: '', city: '', state: '', zip: '' },
}

export class Families {
  readonly #byNumber = new Map<string, ListedPerson>()
  readonly #byName = new Map<string, ListedPerson[]>()
  /** By payer and member ID. */
  readonly #members = new Map<string, { person: ListedPerson; plan: ListedPlan }[]>()
  /** People who were taken for the subscriber because nobody else has their member ID, and those of whom it is open. */
  readonly assumed = new Set<ListedPerson>()
  readonly open = new Set<ListedPerson>()

  constructor(people: readonly ListedPerson[]) {
    for (const person of people) {
      if (person.externalId !== '') this.#byNumber.set(person.externalId, person)
      const key = nameKey(person.names[0]!)
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), person])
      for (const plan of person.plans) {
        const member = memberKey(plan)
        this.#members.set(member, [...(this.#members.get(member) ?? []), { person, plan }])
      }
    }
  }

  /** What is said of somebody, with the family's part filled in. */
  said(person: ListedPerson): SaidPerson {
    const { gender, address, phone, mobile, email, note, externalId } = person
    const plans = person.plans.map((plan) => this.#planOf(person, plan))
    return { gender, address, phone, mobile, email, note, externalId, guarantor: this.#guarantorOf(person), plans }
  }

  #guarantorOf(person: ListedPerson): string {
    const { guarantorId, guarantor, externalId } = person
    if (guarantorId !== '' && guarantorId === externalId) return ''
    const known = this.#byNumber.get(guarantorId)
    if (known) return fullName(known)
    if (guarantor !== '') return isNameOf(guarantor, person) ? '' : guarantor
    return guarantorId === '' ? '' : `No. ${guarantorId}`
  }

  #planOf(person: ListedPerson, listed: ListedPlan): SaidPlan {
    const { order, payer, payerCode, groupNumber, memberId, employer, validFrom, validTo } = listed
    const plan = { order, payer, payerCode, groupNumber, memberId, employer, validFrom, validTo }
    if (listed.relation === 'self') return { ...plan, relation: 'self', subscriber: null }
    const holder = this.#subscriberOf(person, listed)
    if (holder === person) return { ...plan, relation: 'self', subscriber: null }
    const relation = listed.relation ?? 'other'
    if (holder === null) {
      if (listed.relation === null || listed.subscriber === null) this.open.add(person)
      const named = { ...NOBODY, ...listed.subscriber, birthDate: listed.subscriberBirthDate }
      return { ...plan, relation, subscriber: named }
    }
    const { names, birthDate, gender, address } = holder
    return { ...plan, relation, subscriber: { ...names[0]!, birthDate, gender, address } }
  }

  #subscriberOf(person: ListedPerson, plan: ListedPlan): ListedPerson | null {
    const byNumber = plan.subscriberId === '' ? undefined : this.#byNumber.get(plan.subscriberId)
    if (byNumber) return byNumber
    const members = plan.memberId === '' ? [] : (this.#members.get(memberKey(plan)) ?? [])
    if (plan.subscriber) {
      const key = nameKey(plan.subscriber)
      if (plan.relation === null && nameKey(person.names[0]!) === key) return person
      const named = members.map((one) => one.person).filter((one) => nameKey(one.names[0]!) === key)
      return only(named) ?? only(this.#byName.get(key) ?? []) ?? null
    }
    const selves = members.flatMap((one) => (one.plan.relation === 'self' ? [one.person] : []))
    if (selves.length > 0) return only(selves) ?? null
    if (plan.relation !== null || members.length !== 1) return null
    this.assumed.add(person)
    return person
  }
}

const memberKey = ({ payer, memberId }: ListedPlan) => `${payerKey(payer)}|${memberId}`
const fullName = ({ names: [name] }: ListedPerson) => `${name!.lastName}, ${name!.firstName}`
const isNameOf = (text: string, person: ListedPerson) =>
  nameKey({ lastName: text, firstName: '' }).replace(', ', '') === nameKey(person.names[0]!).replace(', ', '')

function only<Value>(values: readonly Value[]): Value | undefined {
  const [first, ...others] = new Set(values)
  return others.length === 0 ? first : undefined
}
