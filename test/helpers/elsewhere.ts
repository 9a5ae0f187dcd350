// Another zone and another year: just past midnight of February 1, 2027 on Kiritimati; in UTC it is January for fourteen hours more.
// Set-up file of the projects `elsewhere` in vitest.config.ts.
process.env['TZ'] = 'Pacific/Kiritimati'

const here = Date.now.bind(Date)
const ahead = Date.UTC(2027, 0, 31, 10, 30) - here()
const now = () => here() + ahead

globalThis.Date = new Proxy(Date, {
  construct: (real, given) => Reflect.construct(real, given.length === 0 ? [now()] : given) as Date,
  get: (real, name) => (name === 'now' ? now : (Reflect.get(real, name) as unknown)),
})

const reached = new Date()
if (reached.getFullYear() !== 2027 || reached.getMonth() !== 1 || reached.getDate() !== 1)
  throw new Error('The other zone and year did not reach this test.')
