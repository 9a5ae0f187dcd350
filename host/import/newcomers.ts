// Payers and plans that a list names: those on file, or new ones with what the list knows of them.
import type { PayerId, PlanId } from '#core/ids.ts'
import type { KnownPayer } from '#core/case/contents.ts'
import { PayerInput, payerKey, PlanInput } from '#core/patient.ts'
import { addPayer, addPlan, findKnownPayer, listKnownPayers, listPlans } from '#host/office/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { Made } from './rows.ts'

export class Newcomers {
  readonly made: Made[] = []
  readonly #context: CommandContext
  /** Where a new payer comes from, in words. */
  readonly #source: string
  readonly #payers: Map<string, KnownPayer>
  /** By payer and group number. */
  readonly #plans: Map<string, PlanId>

  private constructor(
    context: CommandContext,
    source: string,
    on: { payers: Map<string, KnownPayer>; plans: Map<string, PlanId> },
  ) {
    this.#context = context
    this.#source = source
    this.#payers = on.payers
    this.#plans = on.plans
  }

  /** @param isByGroup plans on file are told by their group number; without one, every payer gets a plan to check */
  static async of(context: CommandContext, source: string, { isByGroup }: { isByGroup: boolean }): Promise<Newcomers> {
    const payers = new Map((await listKnownPayers(context.tx)).map((payer) => [payerKey(payer.name), payer]))
    const plans = isByGroup ? await listPlans(context.tx, null) : []
    const known = new Map(plans.reverse().map((plan) => [`${plan.payerId}|${plan.groupNumber}`, plan.id]))
    return new Newcomers(context, source, { payers, plans: known })
  }

  note<Id extends string>(entity: Made['entity'], id: Id): Id {
    this.made.push({ entity, id })
    return id
  }

  async payerOf(name: string, payerCode = ''): Promise<KnownPayer> {
    const key = payerKey(name)
    const there = this.#payers.get(key)
    if (there) return there
    const id = this.note('payer', this.#context.newId<PayerId>())
    const added = PayerInput.parse({ name, payerCode, source: this.#source })
    await addPayer(this.#context.tx, id, added, this.#context)
    const payer = (await findKnownPayer(this.#context.tx, id))!
    this.#payers.set(key, payer)
    return payer
  }

  async planOf(payerId: PayerId, groupNumber = ''): Promise<PlanId> {
    const key = `${payerId}|${groupNumber}`
    const there = this.#plans.get(key)
    if (there) return there
    const id = this.note('plan', this.#context.newId<PlanId>())
    const name = groupNumber === '' ? 'Plan to check' : `Group ${groupNumber}`
    await addPlan(this.#context.tx, id, PlanInput.parse({ payerId, name, groupNumber }), this.#context)
    this.#plans.set(key, id)
    return id
  }
}
