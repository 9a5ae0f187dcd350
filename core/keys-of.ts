// The keys of a table of words, so that what there is and what it is called stand in one place.

/** The keys in their order, as `z.enum` takes them. */
export function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): [Key, ...Key[]] {
  return Object.keys(words) as [Key, ...Key[]]
}
