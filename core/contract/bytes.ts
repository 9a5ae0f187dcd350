// File content as it crosses the contract.
import * as z from 'zod'

/** Bytes over IPC, base64 text in headless calls and the browser preview. At most 50 MB of content. */
export const Bytes = z.union([z.instanceof(Uint8Array), z.base64()])
