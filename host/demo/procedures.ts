// The procedures of the invented practice: facts as the guide asks them, codes, fees, visits and words of the chart.
import type { CaseFact } from '#core/case/schema.ts'
import type { Random } from './random.ts'

export interface ProcedurePlan {
  weight: number
  guideId: 'endodontics' | 'periodontal'
  ruleId: string
  /** Youngest and oldest patient, in years. */
  ages: readonly [number, number]
  /** Teeth or oral areas. */
  places: readonly string[]
  codes: readonly string[]
  phases: readonly ('initial' | 'interim' | 'final' | 'single')[]
  /** Some payers take the last code only, at completion. */
  finalOnly: boolean
  facts: Readonly<Record<string, CaseFact>>
  /** Added once treatment is finished. */
  finished: Readonly<Record<string, CaseFact>>
  diagnosis: string
  icd: string
  found: string
  visit: string
}

/** What contracts allow of a fee. */
export const ALLOWED = 0.8
export const FEES: Readonly<Record<string, number>> = {
  D3351: 35_000,
  D3352: 21_000,
  D3353: 69_000,
  D3355: 38_000,
  D3356: 22_000,
  D3357: 52_000,
  D3310: 95_000,
  D3320: 110_000,
  D3330: 135_000,
  D3346: 120_000,
  D3348: 158_000,
  D3220: 24_500,
  D3222: 32_000,
  D4341: 29_000,
  D4342: 21_500,
}

const SERIES = { phases: ['initial', 'interim', 'final'], guideId: 'endodontics', ages: [7, 15], finished: {} } as const
const OPEN = { apex: 'open', pulp: 'necrotic' } as const
const ROOT_CANAL = {
  guideId: 'endodontics',
  ruleId: 'R11',
  ages: [18, 75],
  phases: ['single'],
  finalOnly: false,
  facts: { apex: 'closed', pulp: 'necrotic', goal: 'full_rct', restorable: true },
  finished: { finished: true },
  diagnosis: 'Pulp necrosis with symptomatic apical periodontitis.',
  icd: 'K04.1',
  found: 'No response to cold; control tooth responds. Tender to percussion. Probing within 3 mm.',
  visit: 'Rubber dam, canals cleaned and shaped, sodium hypochlorite, filled with gutta-percha and sealer.',
} as const

export const PROCEDURES: readonly ProcedurePlan[] = [
  {
    ...SERIES,
    weight: 34,
    ruleId: 'R8',
    places: ['8', '9', '7', '10', '24', '25'],
    codes: ['D3351', 'D3352', 'D3353'],
    finalOnly: true,
    facts: { ...OPEN, goal: 'barrier', restorable: true, material: 'MTA' },
    diagnosis: 'Pulp necrosis in an immature permanent tooth, chronic apical periodontitis.',
    icd: 'K04.1',
    found: 'No response to cold or electric test; control tooth responds. Root tip open on the periapical film.',
    visit: 'Rubber dam, working length by film, sodium hypochlorite, calcium hydroxide or MTA placed at the root tip.',
  },
  {
    ...SERIES,
    weight: 5,
    ruleId: 'R7',
    places: ['20', '29', '8', '9'],
    codes: ['D3355', 'D3356', 'D3357'],
    finalOnly: false,
    facts: { ...OPEN, goal: 'regenerate', restorable: true },
    diagnosis: 'Pulp necrosis in an immature permanent tooth; regeneration planned.',
    icd: 'K04.1',
    found: 'No response to cold; control tooth responds. Thin root walls, open root tip on the film.',
    visit: 'Rubber dam, gentle irrigation, medicament or scaffold placed, sealed.',
  },
  { ...ROOT_CANAL, weight: 8, places: ['6', '8', '9', '11', '27'], codes: ['D3310'] },
  { ...ROOT_CANAL, weight: 9, places: ['4', '12', '20', '29'], codes: ['D3320'] },
  { ...ROOT_CANAL, weight: 16, places: ['3', '14', '19', '30'], codes: ['D3330'] },
  {
    ...ROOT_CANAL,
    weight: 5,
    ruleId: 'R4',
    places: ['3', '14', '19', '30'],
    codes: ['D3348'],
    facts: { apex: 'closed', pulp: 'treated', goal: 'retreat', prior_completed_rct: true },
    finished: {},
    diagnosis: 'Previously treated tooth with persistent apical periodontitis.',
    icd: 'K04.5',
    found: 'Old root filling short of the apex, radiolucency on the film, tender to percussion.',
  },
  {
    ...ROOT_CANAL,
    weight: 6,
    ruleId: 'R3',
    ages: [4, 8],
    places: ['A', 'B', 'J', 'K', 'L', 'S', 'T'],
    codes: ['D3220'],
    facts: { apex: 'closed', pulp: 'vital', goal: 'preserve_vitality', pulp_removed: 'coronal_all' },
    finished: {},
    diagnosis: 'Deep decay reaching the pulp of a primary molar, no spontaneous pain.',
    icd: 'K04.01',
    found: 'Responds to cold, no swelling, no mobility.',
    visit: 'Rubber dam, crown pulp removed, bleeding controlled, MTA, stainless steel crown.',
  },
  {
    ...ROOT_CANAL,
    weight: 4,
    ruleId: 'R6',
    ages: [7, 12],
    places: ['8', '9'],
    codes: ['D3222'],
    facts: { apex: 'open', pulp: 'vital', goal: 'preserve_vitality', pulp_removed: 'partial' },
    finished: {},
    diagnosis: 'Crown fracture exposing a vital pulp of an immature tooth.',
    icd: 'S02.5XXA',
    found: 'Responds to cold; exposure under 2 mm; open root tip on the film.',
    visit: 'Rubber dam, 2 mm of pulp removed, bleeding controlled, MTA, composite.',
  },
  {
    weight: 13,
    guideId: 'periodontal',
    ruleId: 'P4',
    ages: [30, 75],
    places: ['10', '20', '30', '40'],
    codes: ['D4341'],
    phases: ['single'],
    finalOnly: false,
    facts: {
      implant_only: false,
      blocked: false,
      bone_loss: true,
      eval_done: true,
      history: 'none',
      depths: 5,
      bleeding: true,
      flap: false,
    },
    finished: {},
    diagnosis: 'Periodontitis with bleeding pockets of 4 to 6 mm and bone loss on the films.',
    icd: 'K05.322',
    found: 'Six-point chart shows five teeth with pockets of 4 mm and more; bleeding on probing.',
    visit: 'Local anesthesia, scaling and root planing of the quadrant, instructions given.',
  },
]

/** A tooth or an oral area, as the guide wants it. */
export function placeOf(procedure: ProcedurePlan, random: Random): { tooth: string | null; area: string | null } {
  const place = random.pick(procedure.places)
  return procedure.guideId === 'periodontal' ? { tooth: null, area: place } : { tooth: place, area: null }
}
