// SHA-256 for slices, which reach the storage only through the kernel and their rows.
export { sha256Of } from '#db/sha256.ts'
