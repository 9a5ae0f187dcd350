// What the codes of a 999 and a 277CA mean, in our own words, and which field of the claim mends them.
// Source: X12 element code lists 620, 621, 715–718 and the claim status list, as public copies hold them
// (primeclinical.com 5010 Claim Status Codes, 2011-11); x12.md 4. A code that is not here is shown as it came.

/** STC01-1. True = the claim is on its way. */
export const CATEGORIES: Readonly<Record<string, { words: string; isAccepted: boolean }>> = {
  A0: { words: 'Passed on to another payer', isAccepted: true },
  A1: { words: 'Received', isAccepted: true },
  A2: { words: 'Accepted for a decision', isAccepted: true },
  A3: { words: 'Returned, cannot be processed', isAccepted: false },
  A4: { words: 'Not found', isAccepted: false },
  A5: { words: 'Split into several claims', isAccepted: true },
  A6: { words: 'Rejected: information is missing', isAccepted: false },
  A7: { words: 'Rejected: information is invalid', isAccepted: false },
  A8: { words: 'Rejected: two fields contradict each other', isAccepted: false },
}

/** STC01-2: words, and the field of the claim form where there is one. */
export const STATUSES: Readonly<Record<string, readonly [words: string, field: string]>> = {
  '19': ['received', ''],
  '20': ['accepted for processing', ''],
  '21': ['missing or invalid information', ''],
  '24': ['not approved to send claims electronically', ''],
  '26': ['not found', ''],
  '27': ['the policy is cancelled', 'memberId'],
  '29': ['subscriber and policy number do not match', 'memberId'],
  '30': ['subscriber and member id do not match', 'memberId'],
  '31': ['subscriber and policyholder name do not match', 'subscriber.lastName'],
  '32': ['subscriber and policy number were not found', 'memberId'],
  '33': ['subscriber and member id were not found', 'memberId'],
  '34': ['subscriber and policyholder name were not found', 'subscriber.lastName'],
  '35': ['the claim was not found', ''],
  '54': ['a duplicate of a claim processed before', ''],
  '88': ['not eligible for benefits on the date of service', 'memberId'],
  '116': ['sent to the wrong payer', 'payerCode'],
  '122': ['missing or invalid data prevents processing', ''],
  '125': ['name', ''],
  '126': ['address', ''],
  '128': ['tax id', 'billing.taxId'],
  '145': ['specialty or taxonomy code', 'treating.taxonomy'],
  '153': ['id number', ''],
  '158': ['birth date', 'patient.birthDate'],
  '164': ['member number', 'memberId'],
  '171': ['other insurance', 'otherCoverage.memberId'],
  '187': ['date of service', 'lines.0.serviceDate'],
  '239': ['dental information', 'lines.0.tooth'],
  '240': ['tooth surface', 'lines.0.surfaces'],
  '241': ['list of missing teeth', 'missingTeeth'],
  '242': ['tooth numbers, surfaces or quadrants', 'lines.0.tooth'],
  '243': ['months of treatment remaining', 'monthsOfTreatment'],
  '244': ['tooth number or letter', 'lines.0.tooth'],
  '245': ['quadrant or arch', 'lines.0.area'],
  '247': ['line information', 'lines'],
  '248': ['accident: date, state, cause', 'accident'],
  '249': ['place of service', 'placeOfService'],
  '252': ['authorization number', 'authorizationNumber'],
  '254': ['principal diagnosis', 'diagnoses.0'],
  '255': ['diagnosis', 'diagnoses.0'],
  '453': ['procedure code modifier', 'lines'],
  '454': ['procedure code', 'lines.0.code'],
  '500': ['ZIP code', ''],
  '562': ['NPI', ''],
}

/** STC01-3, with the field that holds this party’s NPI. */
export const ENTITIES: Readonly<Record<string, readonly [words: string, npiField: string]>> = {
  '40': ['receiver', ''],
  '41': ['submitter', ''],
  '82': ['treating dentist', 'treating.npi'],
  '85': ['billing provider', 'billing.npi'],
  IL: ['subscriber', ''],
  PR: ['payer', ''],
  QC: ['patient', ''],
}

/** IK304. */
export const SEGMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'unknown segment',
  '2': 'segment not expected here',
  '3': 'required segment missing',
  '4': 'loop too often',
  '5': 'segment too often',
  '6': 'segment not part of this transaction',
  '7': 'segment out of order',
  '8': 'segment with errors in its elements',
  I4: 'segment not used by this guide',
  I6: 'segment required by this situation is missing',
  I7: 'loop too seldom',
  I8: 'segment too seldom',
  I9: 'segment not used in this situation',
}
/** IK403. */
export const ELEMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'required element missing',
  '2': 'element missing that another one requires',
  '3': 'too many elements',
  '4': 'too short',
  '5': 'too long',
  '6': 'character not allowed',
  '7': 'not a valid code',
  '8': 'not a date',
  '9': 'not a time',
  '10': 'excluded by another element',
  '12': 'repeated too often',
  '13': 'too many components',
  I6: 'not in the format the guide asks for',
  I9: 'element required by this situation is missing',
  I10: 'element not used by this guide',
}
/** IK502 and AK905. */
export const SET_ERRORS: Readonly<Record<string, string>> = {
  '1': 'transaction not supported',
  '2': 'trailer missing',
  '3': 'control numbers differ',
  '4': 'segment count wrong',
  '5': 'segments in error',
  '6': 'transaction identifier wrong',
  '7': 'control number missing or not unique',
  I5: 'version not supported by the guide',
}
