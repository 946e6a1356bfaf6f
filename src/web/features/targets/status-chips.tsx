import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/format.ts'
import { useTables } from '../operations/operation-data.ts'
import classes from './targets.module.css'
import type { TargetsAddress } from './targets-data.ts'

type Props = {
  counts: { people: number; statuses: Record<string, number>; unlinked: number } | undefined
  address: TargetsAddress
  onChange: (patch: Partial<TargetsAddress>) => void
}

/** How many people stand where; one click shows them alone. */
export function StatusChips({ counts, address, onChange }: Props) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const { statesOf, stateOf } = useTables()
  if (!counts) return null
  const { stands, linked, batch } = address
  const codes = [
    ...new Set([
      ...statesOf('target').map(({ code }) => code),
      ...Object.keys(counts.statuses),
      ...(stands ? [stands] : []),
    ]),
  ].filter((code) => (counts.statuses[code] ?? 0) > 0 || code === stands)
  return (
    <fieldset className={classes.chips} aria-label={t('filter')}>
      <Chip
        label={t('all')}
        n={integer(counts.people)}
        pressed={!stands && !linked && !batch}
        onClick={() => onChange({ stands: undefined, linked: undefined, batch: undefined })}
      />
      {codes.map((code) => (
        <Chip
          key={code}
          label={stateOf('target', code)?.label ?? code}
          meaning={stateOf('target', code)?.meaning}
          n={integer(counts.statuses[code] ?? 0)}
          pressed={stands === code}
          onClick={() => onChange({ stands: stands === code ? undefined : code })}
        />
      ))}
      {(counts.unlinked > 0 || linked === 'no') && (
        <Chip
          label={t('unlinkedMany')}
          n={integer(counts.unlinked)}
          pressed={linked === 'no'}
          onClick={() => onChange({ linked: linked === 'no' ? undefined : 'no' })}
        />
      )}
      {batch !== undefined && (
        <Chip label={t('newest')} pressed onClick={() => onChange({ batch: undefined })} />
      )}
    </fieldset>
  )
}

type ChipProps = {
  label: string
  n?: string
  meaning?: string | undefined
  pressed: boolean
  onClick: () => void
}

function Chip({ label, n, meaning, pressed, onClick }: ChipProps) {
  return (
    <button type="button" className={classes.chip} aria-pressed={pressed} onClick={onClick}>
      {meaning && <span className={classes.dot} data-meaning={meaning} aria-hidden />}
      {label}
      {n !== undefined && <b>{n}</b>}
    </button>
  )
}
