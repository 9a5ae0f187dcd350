// The loops of the 837D 005010X224A2 that dental claims use (x12.md 3; moov-io/x12 rules, Apache-2.0, consulted for the order).
import type { LoopRule, SegmentRule } from './grammar.ts'

const need = (id: string, key = id): SegmentRule => ({ id, key, required: true })
const may = (id: string, max = 1): SegmentRule => ({ id, key: id, max })
const qualified = (id: string, when: string, max = 1, required = false): SegmentRule => ({
  id,
  key: `${id} ${when}`,
  when: [when],
  max,
  required,
})
const address = (required: boolean): SegmentRule[] => [
  { id: 'N3', key: 'N3', required },
  { id: 'N4', key: 'N4', required },
]
const name = (when: string): SegmentRule => ({ id: 'NM1', key: 'NM1', when: [when], required: true })

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
      rules: [name('IL'), ...address(false), may('REF', 2)],
    },
    {
      loop: '2330B',
      name: 'other payer name (2330B)',
      required: true,
      rules: [
        name('PR'),
        ...address(false),
        qualified('DTP', '573'),
        qualified('REF', 'F8'),
        qualified('REF', 'G1'),
        qualified('REF', 'G3'),
      ],
    },
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
    qualified('DTP', '441'),
    qualified('DTP', '452'),
    qualified('REF', 'G3'),
    qualified('REF', 'G1'),
    qualified('REF', '6R'),
    may('AMT', 2),
    may('NTE'),
    {
      loop: '2430',
      name: 'decision of another payer (2430)',
      max: 15,
      rules: [need('SVD'), may('CAS', 5), qualified('DTP', '573', 1, true), qualified('AMT', 'EAF')],
    },
  ],
}
const provider = (loop: string, label: string, when: string): LoopRule => ({
  loop,
  name: `${label} (${loop})`,
  rules: [name(when), may('PRV'), ...address(false), may('REF', 4)],
})
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
    qualified('REF', 'G3'),
    qualified('REF', '4N'),
    qualified('REF', 'F8'),
    qualified('REF', '9F'),
    qualified('REF', 'G1'),
    qualified('REF', '9A'),
    qualified('REF', '9C'),
    qualified('REF', 'D9'),
    may('K3', 10),
    qualified('NTE', 'ADD', 5),
    may('HI'),
    may('HCP'),
    provider('2310A', 'referring provider', 'DN'),
    provider('2310B', 'rendering provider', '82'),
    provider('2310C', 'service facility', '77'),
    provider('2310D', 'assistant surgeon', 'DD'),
    provider('2310E', 'supervising provider', 'DQ'),
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
      rules: [name('QC'), ...address(true), need('DMG'), may('REF', 2)],
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
      rules: [name('IL'), ...address(false), may('DMG'), may('REF', 2)],
    },
    { loop: '2010BB', name: 'payer (2010BB)', required: true, rules: [name('PR'), ...address(false), may('REF', 5)] },
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
        may('PRV'),
        may('CUR'),
        {
          loop: '2010AA',
          name: 'billing provider name (2010AA)',
          required: true,
          rules: [name('85'), ...address(true), { ...may('REF', 4), required: true }, may('PER', 2)],
        },
        { loop: '2010AB', name: 'pay-to address (2010AB)', rules: [name('87'), ...address(true)] },
        subscriber,
      ],
    },
    need('SE'),
  ],
}
