// The heading of a plain table (`cw-table`); lists of records are a DataTable.
import type { ReactNode } from 'react'

interface TableHeadProps {
  names: readonly string[]
  /** Those of them that head amounts: they stand at the right. */
  right?: readonly string[]
  /** Further cells at the end. */
  children?: ReactNode
}

export function TableHead({ names, right = [], children }: TableHeadProps) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col" data-align={right.includes(name) ? 'right' : undefined}>
            {name}
          </th>
        ))}
        {children}
      </tr>
    </thead>
  )
}
