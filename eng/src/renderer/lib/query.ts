// Reading and writing through the host: cached by route and input, refreshed when the host says a topic changed.
import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { contract, type InputOf, type OutputOf, type RouteName } from '#core/contract/index.ts'
import type { Topic } from '#core/contract/route.ts'
import { AppError, type ErrorCode } from '#core/errors.ts'
import { askFor } from './cache.ts'
import { call } from './client.ts'
import { formatInstant } from './format.ts'
import { showToast } from './notify.tsx'

/** Marks every cached answer on these topics as out of date; those on screen are fetched again. */
export async function invalidateTopics(client: QueryClient, topics: readonly Topic[]): Promise<void> {
  await client.invalidateQueries({
    predicate: ({ queryKey }) => {
      const route = contract[queryKey[0] as RouteName]
      return route !== undefined && route.topics.some((topic) => topics.includes(topic))
    },
  })
}

interface RouteOptions {
  /** False: do not ask yet. */
  enabled?: boolean
  /** Show the last answer while the next one is on its way: search as you type, paging. */
  keep?: boolean
}

/** Reads a route: `useRoute('case.get', { id })`. */
export function useRoute<Name extends RouteName>(
  name: Name,
  input: InputOf<Name>,
  { enabled = true, keep = false }: RouteOptions = {},
): UseQueryResult<OutputOf<Name>, AppError> {
  return useQuery<OutputOf<Name>, AppError>({
    ...askFor(name, input),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  })
}

export interface CommandOptions<Name extends RouteName> {
  /** Said when it worked. */
  done?: string | ((output: OutputOf<Name>, input: InputOf<Name>) => string)
  undo?: (output: OutputOf<Name>, input: InputOf<Name>) => void
  /** Failures the caller shows itself, beside the field or on the page. */
  expected?: readonly ErrorCode[]
  onSuccess?: (output: OutputOf<Name>, input: InputOf<Name>) => void
}

/**
 * Runs a command: `const add = useCommand('patient.add', { done: 'Patient added' }); add.mutate({ patient })`.
 * Failures not named in `expected` become a message; CONFLICT names who changed the record and offers a reload.
 */
export function useCommand<Name extends RouteName>(
  name: Name,
  { done, undo, expected = [], onSuccess }: CommandOptions<Name> = {},
): UseMutationResult<OutputOf<Name>, AppError, InputOf<Name>> {
  const client = useQueryClient()
  return useMutation<OutputOf<Name>, AppError, InputOf<Name>>({
    mutationFn: (input) => call(name, input),
    onSuccess: async (output, input) => {
      // The host announces the topics too; waiting here keeps the old values from flashing up after a save.
      if (contract[name].kind !== 'query') await invalidateTopics(client, contract[name].topics)
      const message = typeof done === 'function' ? done(output, input) : done
      if (message) {
        showToast({
          message,
          ...(undo ? { action: { label: 'Undo', run: () => undo(output, input), shortcut: 'mod+z' } } : {}),
        })
      }
      onSuccess?.(output, input)
    },
    onError: (error) => {
      if (error instanceof AppError && expected.includes(error.code)) return
      reportError(client, error, contract[name].topics)
    },
  })
}

/** Shows a failure that no screen has a place for. */
export function reportError(client: QueryClient, error: unknown, topics: readonly Topic[] = []): void {
  const code = error instanceof AppError ? error.code : 'INTERNAL'
  if (code === 'LOCKED') {
    void invalidateTopics(client, ['session'])
    return
  }
  const message = explainError(error)
  if (code === 'CONFLICT') {
    const reload = () => void invalidateTopics(client, topics)
    showToast({ message, tone: 'warn', key: 'conflict', action: { label: 'Reload', run: reload } })
    return
  }
  showToast({ message, tone: code === 'REFUSED' || code === 'FORBIDDEN' ? 'warn' : 'block' })
}

/** A failure as one or two sentences: what happened, what to do. */
export function explainError(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something in the app failed. Nothing was lost; try again.'
  const { changedBy, changedAt, incident, reasons } = error.details
  if (error.code === 'CONFLICT' && typeof changedAt === 'string') {
    const who = typeof changedBy === 'string' ? changedBy : 'somebody else'
    return `Changed by ${who} at ${formatInstant(changedAt)}. Reload to see it; what you typed stays.`
  }
  if (error.code === 'REFUSED' && Array.isArray(reasons) && reasons.length > 0) return reasons.join(' ')
  if (error.code === 'INTERNAL' && typeof incident === 'string') return `${error.message} Incident ${incident}.`
  return error.message
}

/** True when the host asks first and takes it when told to go on. */
export function isOverridable(error: AppError | null): boolean {
  return error?.code === 'REFUSED' && error.details['overridable'] === true
}

/** INVALID_INPUT as messages by field path: `{ 'patient.birthDate': 'This date does not exist' }`; otherwise empty. */
export function fieldErrors(error: unknown): Record<string, string> {
  const issues = error instanceof AppError && error.code === 'INVALID_INPUT' ? error.details.issues : undefined
  if (!Array.isArray(issues)) return {}
  const result: Record<string, string> = {}
  for (const { path, message } of issues as { path: string | (string | number)[]; message: string }[]) {
    result[typeof path === 'string' ? path : path.join('.')] ??= message
  }
  return result
}
