// What work on a whole data folder is given: plain data, as a thread may get it.
import type { Paths } from './paths.ts'

export interface Order {
  paths: Paths
  key: Uint8Array
}

/** The key as the storage takes it: the same bytes. */
export const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length)
