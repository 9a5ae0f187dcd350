// A part of the claim form under its item numbers.
import type { ReactNode } from 'react'
import type { Address } from '#core/office.ts'
import { TextField } from '../../../ui/fields.tsx'
import { binder, type Bound, type RemarksAt } from './bind.tsx'
import classes from './claim.module.css'

export function Items({ title, items, children }: { title: string; items: string; children: ReactNode }) {
  return (
    <fieldset className={classes.items}>
      <legend>
        {title} <span className="cw-muted">{items}</span>
      </legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}

interface AddressItemsProps extends Bound<Address> {
  item: string
  remarks: RemarksAt
}

export function AddressItems({ item, remarks, ...bound }: AddressItemsProps) {
  const address = binder(bound, remarks)
  return (
    <>
      <TextField className={classes.wide} label={`${item} Street`} {...address('street')} maxLength={100} />
      <TextField label={`${item} City`} {...address('city')} maxLength={60} />
      <TextField label={`${item} State`} {...address('state')} maxLength={2} />
      <TextField label={`${item} ZIP`} {...address('zip')} maxLength={10} />
    </>
  )
}
