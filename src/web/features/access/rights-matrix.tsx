import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconUsersGroup } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EffectiveRight } from '#core/access/user.ts'
import { rights, sections } from '#core/kernel/right.ts'
import classes from './rights-matrix.module.css'

export type MatrixRow = {
  id: string
  name: string
  /** Below the name. */
  detail: ReactNode
  effective: readonly EffectiveRight[]
  faded?: boolean
}

type Props = { label: string; rows: readonly MatrixRow[]; onOpen: (id: string) => void }

/** Who has which right: a mark for a right of one's own, another for one that comes through a group. */
export function RightsMatrix({ label, rows, onOpen }: Props) {
  const { t } = useTranslation('access')
  return (
    // Focusable, so that the keyboard can scroll it where it is wider than the screen.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take the focus
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <td className={classes.corner} />
            {Object.entries(sections).map(([section, own]) => (
              <th key={section} scope="colgroup" colSpan={own.length} className={classes.section}>
                {t(`sections.${section}`)}
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col" className={classes.corner}>
              {t('people.name')}
            </th>
            {rights.map((right) => (
              <th key={right} scope="col" className={classes.right}>
                {t(`rights.${right}.short`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-faded={row.faded || undefined}>
              <th scope="row" className={classes.name}>
                <UnstyledButton className={classes.open ?? ''} onClick={() => onOpen(row.id)}>
                  {row.name}
                </UnstyledButton>
                <div className={classes.detail}>{row.detail}</div>
              </th>
              {rights.map((right) => (
                <td key={right} className={classes.cell}>
                  <Mark given={row.effective.find((one) => one.right === right)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Mark({ given }: { given: EffectiveRight | undefined }) {
  const { t } = useTranslation('access')
  if (!given) return <VisuallyHidden>{t('people.no')}</VisuallyHidden>
  const isOwn = given.reasons.some(({ kind }) => kind === 'own')
  const text = given.reasons
    .map((reason) =>
      reason.kind === 'own' ? t('people.own') : t('people.through', { name: reason.name }),
    )
    .join(' · ')
  return (
    <Tooltip label={text}>
      <span className={classes.mark} data-own={isOwn || undefined}>
        {isOwn ? <IconCheck size={16} aria-hidden /> : <IconUsersGroup size={16} aria-hidden />}
        <VisuallyHidden>{text}</VisuallyHidden>
      </span>
    </Tooltip>
  )
}

/** What the two marks mean. */
export function MatrixLegend() {
  const { t } = useTranslation('access')
  const marks = [
    ['own', <IconCheck key="own" size={14} aria-hidden />],
    ['throughGroup', <IconUsersGroup key="group" size={14} aria-hidden />],
  ] as const
  return (
    <p className={classes.legend}>
      {marks.map(([key, icon]) => (
        <Fragment key={key}>
          <span className={classes.mark} data-own={key === 'own' || undefined}>
            {icon}
          </span>
          {t(`people.${key}`)}
        </Fragment>
      ))}
    </p>
  )
}
