/** How often a test of chance or of kills repeats: `quick` in `npm test`, `long` in `npm run test:long` and `npm run faults`. */
export const times = (quick: number, long: number): number => (process.env['MODE'] === 'long' ? long : quick)
