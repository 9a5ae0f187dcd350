// The closing line of .ci/run: `N passed, N failed`, from what the unit tests, the journeys and the Windows steps reported.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, code] = process.argv.slice(2)
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
const unit = JSON.parse(read('unit.json') || '{"numPassedTests":0,"numFailedTests":0}')
const journeys = JSON.parse(read('journeys.json') || '{"stats":{"expected":0,"unexpected":0,"flaky":0}}').stats
const windows = (start) =>
  read('windows.txt')
    .split('\n')
    .filter((line) => line.startsWith(start)).length

const passed = unit.numPassedTests + journeys.expected + windows('ok ')
const failed = unit.numFailedTests + journeys.unexpected + journeys.flaky + windows('not ok ')
// A gate that is no test, such as the linter, counts as one.
console.log(`${passed} passed, ${failed || Number(code !== '0')} failed`)
