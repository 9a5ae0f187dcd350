// Which report: what payers decide beforehand, or why they deny.
import { useLocation } from 'wouter'
import { paths } from '../../paths.ts'
import { Views } from '../../ui/views.tsx'

export function ReportTabs({ value }: { value: 'authorizations' | 'denials' }) {
  const [, go] = useLocation()
  return (
    <Views
      label="Which report"
      value={value}
      onChange={(next) => go(next === 'denials' ? paths.denials : paths.reports)}
      views={[
        { value: 'authorizations', label: 'Authorizations' },
        { value: 'denials', label: 'Denials and payments' },
      ]}
    />
  )
}
