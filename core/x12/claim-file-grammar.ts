// The loops of the 837D 005010X224A2 that dental claims use (x12.md 3; moov-io/x12 rules, Apache-2.0, consulted for the order).
import type { LoopRule, SegmentRule } from './grammar.ts'

const need = (id: string, key = id): SegmentRule => ({ id, key, required: true })
const may = (id: string, max = 1): SegmentRule => ({ id, key: id, max })
const qualified = (id: string, when: string | readonly string[], max = 1, required = false): SegmentRule => {
  const values = typeof when === 'string' ? [when] : when
  return { id, key: `${id} ${values[0]}`, when: values, max, required }
}
const ref = (when: string | readonly string[], max = 1, required = false) => qualified('REF', when, max, required)
const address = (required: boolean): SegmentRule[] => [
  { id: 'N3', key: 'N3', required },
  { id: 'N4', key: 'N4', required },
]
const name = (...when: string[]): SegmentRule => ({ id: 'NM1', key: 'NM1', when, required: true })
const specialty = (when: string): SegmentRule => ({ id: 'PRV', key: 'PRV', when: [when] })

const PAYER_IDS = ['2U', 'EI', 'FY', 'NF']
const PROVIDER_IDS = ['0B', '1G', 'G2', 'LU']
const provider = (loop: string, label: string, rules: SegmentRule[], max = 1): LoopRule => ({
  loop,
  name: `${label} (${loop})`,
  rules,
  max,
})
/** A provider as another payer knows it: a name and its number there. */
const elsewhere = (loop: string, label: string, ...when: string[]) =>
  provider(loop, `${label} of another payer`, [name(...when), ref(PROVIDER_IDS, 3, true)])

/** 2330B and 2430 belong to the claim of a second payer. */
const otherPayer: LoopRule = {
  loop: '2320',
  name: 'other payer (2320)',
  max: 10,
  rules: [
    need('SBR'),
    may('CAS', 5),
    qualified('AMT', 'D'),
    qualified('AMT', 'EAF'),
    qualified('AMT', 'A8'),
    need('OI'),
    may('MOA'),
    {
      loop: '2330A',
      name: 'other subscriber (2330A)',
      required: true,
      rules: [name('IL'), ...address(false), ref('SY')],
    },
    {
      loop: '2330B',
      name: 'other payer name (2330B)',
      required: true,
      rules: [
        name('PR'),
        ...address(false),
        qualified('DTP', '573'),
        ref(PAYER_IDS, 3),
        ref('G1'),
        ref('9F'),
        ref('T4'),
        ref('G3'),
        ref('F8'),
      ],
    },
    { ...elsewhere('2330C', 'referring provider', 'DN', 'P3'), max: 2 },
    elsewhere('2330D', 'rendering provider', '82'),
    elsewhere('2330E', 'supervising provider', 'DQ'),
    elsewhere('2330F', 'billing provider', '85'),
    elsewhere('2330G', 'service facility', '77'),
    elsewhere('2330H', 'assistant surgeon', 'DD'),
  ],
}
const line: LoopRule = {
  loop: '2400',
  name: 'service line (2400)',
  required: true,
  max: 50,
  rules: [
    need('LX'),
    need('SV3'),
    may('TOO', 32),
    qualified('DTP', '472'),
    qualified('DTP', ['441', '139']),
    qualified('DTP', '452'),
    qualified('DTP', '446'),
    qualified('DTP', '196'),
    qualified('DTP', '198'),
    may('CN1'),
    ref('G3', 5),
    ref('G1', 5),
    ref('6R'),
    ref('9A'),
    ref('9C'),
    ref('9F', 5),
    qualified('AMT', 'T'),
    may('K3', 10),
    may('HCP'),
    provider('2420A', 'rendering provider', [name('82'), specialty('PE'), ref(PROVIDER_IDS, 20)]),
    provider('2420B', 'assistant surgeon', [name('DD'), specialty('AS'), ref(PROVIDER_IDS, 20)]),
    provider('2420C', 'supervising provider', [name('DQ'), ref(PROVIDER_IDS, 20)]),
    provider('2420D', 'service facility', [name('77'), ...address(true), ref(PROVIDER_IDS, 3)]),
    {
      loop: '2430',
      name: 'decision of another payer (2430)',
      max: 15,
      rules: [need('SVD'), may('CAS', 5), qualified('DTP', '573', 1, true), qualified('AMT', 'EAF')],
    },
  ],
}
const claim: LoopRule = {
  loop: '2300',
  name: 'claim (2300)',
  max: 100,
  rules: [
    need('CLM'),
    qualified('DTP', '439'),
    qualified('DTP', '452', 5),
    qualified('DTP', '472'),
    qualified('DTP', '050'),
    may('DN1'),
    may('DN2', 35),
    may('PWK', 10),
    may('CN1'),
    qualified('AMT', 'F5'),
    ref('G3'),
    ref('4N'),
    ref('F8'),
    ref('9F'),
    ref('G1'),
    ref('9A'),
    ref('9C'),
    ref('D9'),
    may('K3', 10),
    qualified('NTE', 'ADD', 5),
    may('HI'),
    may('HCP'),
    provider('2310A', 'referring provider', [name('DN', 'P3'), specialty('RF'), ref(PROVIDER_IDS, 3)], 2),
    provider('2310B', 'rendering provider', [name('82'), specialty('PE'), ref(PROVIDER_IDS, 4)]),
    provider('2310C', 'service facility', [name('77'), ...address(true), ref(PROVIDER_IDS, 3)]),
    provider('2310D', 'assistant surgeon', [name('DD'), specialty('AS'), ref(PROVIDER_IDS, 4)]),
    provider('2310E', 'supervising provider', [name('DQ'), ref(PROVIDER_IDS, 4)]),
    otherPayer,
    line,
  ],
}
const patient: LoopRule = {
  loop: '2000C',
  name: 'patient (2000C)',
  max: 100_000,
  rules: [
    { id: 'HL', key: 'HL', when: ['23'], at: 3, required: true },
    need('PAT'),
    {
      loop: '2010CA',
      name: 'patient name (2010CA)',
      required: true,
      rules: [name('QC'), ...address(true), need('DMG'), ref('Y4'), ref(['1W', 'SY'])],
    },
    claim,
  ],
}
const subscriber: LoopRule = {
  loop: '2000B',
  name: 'subscriber (2000B)',
  required: true,
  max: 100_000,
  rules: [
    { id: 'HL', key: 'HL', when: ['22'], at: 3, required: true },
    need('SBR'),
    {
      loop: '2010BA',
      name: 'subscriber name (2010BA)',
      required: true,
      rules: [name('IL'), ...address(false), may('DMG'), ref('SY'), ref('Y4')],
    },
    {
      loop: '2010BB',
      name: 'payer (2010BB)',
      required: true,
      rules: [name('PR'), ...address(false), ref(PAYER_IDS, 3), ref(['G2', 'LU'])],
    },
    claim,
    patient,
  ],
}
/** ST to SE. */
export const CLAIM_SET: LoopRule = {
  loop: 'ST',
  name: 'transaction set',
  rules: [
    need('ST'),
    need('BHT'),
    {
      loop: '1000A',
      name: 'submitter (1000A)',
      required: true,
      rules: [name('41'), { ...may('PER', 2), required: true }],
    },
    { loop: '1000B', name: 'receiver (1000B)', required: true, rules: [name('40')] },
    {
      loop: '2000A',
      name: 'billing provider (2000A)',
      required: true,
      max: 100_000,
      rules: [
        { id: 'HL', key: 'HL', when: ['20'], at: 3, required: true },
        specialty('BI'),
        may('CUR'),
        {
          loop: '2010AA',
          name: 'billing provider name (2010AA)',
          required: true,
          rules: [name('85'), ...address(true), ref(['EI', 'SY'], 1, true), ref(['0B', '1G'], 2), may('PER', 2)],
        },
        { loop: '2010AB', name: 'pay-to address (2010AB)', rules: [name('87'), ...address(true)] },
        {
          loop: '2010AC',
          name: 'pay-to plan (2010AC)',
          rules: [name('PE'), ...address(true), ref(['2U', 'FY', 'NF']), ref('EI')],
        },
        subscriber,
      ],
    },
    need('SE'),
  ],
}

/** Elements that no segment of this id goes without. NM103 is not among them: a pay-to address has no name. */
export const FILLED: Readonly<Record<string, readonly number[]>> = {
  BHT: [1, 2, 3, 4, 5, 6],
  NM1: [1, 2],
  PER: [1, 3, 4],
  N3: [1],
  N4: [1],
  REF: [1, 2],
  HL: [1, 3, 4],
  PRV: [1, 2, 3],
  SBR: [1],
  PAT: [1],
  DMG: [1, 2, 3],
  CLM: [1, 2, 5, 6, 7, 8, 9],
  DTP: [1, 2, 3],
  DN2: [1, 2],
  PWK: [1, 2],
  AMT: [1, 2],
  NTE: [1, 2],
  HI: [1],
  OI: [3, 6],
  CAS: [1, 2, 3],
  LX: [1],
  SV3: [1, 2],
  TOO: [1, 2],
  SVD: [1, 2, 3, 5],
}
