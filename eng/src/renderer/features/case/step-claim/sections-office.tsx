// Items 48 to 57: who bills and who treats, and where.
import { CheckField, TextField } from '../../../ui/fields.tsx'
import { binder, type SectionProps } from './bind.tsx'
import classes from './claim.module.css'
import { AddressItems, Items } from './section.tsx'

export function BillingItems({ top, remarks }: SectionProps) {
  const billing = binder(top('billing'), remarks)
  return (
    <Items title="Billing dentist or entity" items="48–52">
      <TextField className={classes.wide} label="48 Name" {...billing('name')} maxLength={100} />
      <AddressItems item="48" {...billing('address')} remarks={remarks} />
      <TextField label="49 NPI" {...billing('npi')} maxLength={10} inputMode="numeric" />
      <TextField label="50 License" {...billing('license')} maxLength={40} />
      <TextField label="51 Tax ID" {...billing('taxId')} maxLength={11} />
      <TextField label="52 Phone" {...billing('phone')} maxLength={25} inputMode="tel" />
    </Items>
  )
}

export function TreatingItems({ top, remarks }: SectionProps) {
  const treating = binder(top('treating'), remarks)
  return (
    <Items title="Treating dentist and place" items="53–57">
      <TextField label="53 First name" {...treating('firstName')} maxLength={60} />
      <TextField label="53 Last name" {...treating('lastName')} maxLength={60} />
      <TextField label="54 NPI" {...treating('npi')} maxLength={10} inputMode="numeric" />
      <TextField label="55 License" {...treating('license')} maxLength={40} />
      <AddressItems item="56" {...top('treatmentAddress')} remarks={remarks} />
      <TextField label="56a Specialty" {...treating('taxonomy')} maxLength={10} />
      <TextField label="57 Phone" {...top('treatmentPhone')} maxLength={25} inputMode="tel" />
      <CheckField className={classes.row} label="53a Locum tenens" {...treating('locum')} />
    </Items>
  )
}
