import { Checkbox, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EffectiveKey, EffectiveRight } from '#core/access/user.ts'
import { holds, type Right, rights, sections } from '#core/kernel/right.ts'
import classes from './rights-field.module.css'

const sectionNames = [
  'customer-file',
  'data',
  'system',
] as const satisfies readonly (keyof typeof sections)[]

type Props = {
  value: readonly Right[]
  onChange: (value: Right[]) => void
  /** What the person has anyway, through groups: said beside the box. */
  effective?: readonly EffectiveRight[]
  /** Rights that can be given here; all by default. */
  offered?: readonly Right[]
}

/** A box per right, in the sections of the product, each with what it opens. */
export function RightsField({ value, onChange, effective = [], offered = rights }: Props) {
  const { t } = useTranslation('access')
  const toggle = (right: Right, on: boolean) =>
    onChange(rights.filter((one) => (one === right ? on : value.includes(one))))
  const describe = (right: Right) => {
    const names = throughGroups(effective, right)
    return names === '' ? t(`rights.${right}.text`) : t('people.alreadyThrough', { names })
  }
  return (
    <Stack gap="md">
      {sectionNames.map((section) => (
        <fieldset key={section} className={classes.section}>
          <legend className={classes.legend}>{t(`sections.${section}`)}</legend>
          {sections[section]
            .filter((right) => offered.includes(right))
            .map((right) => (
              <Checkbox
                key={right}
                label={t(`rights.${right}.name`)}
                description={describe(right)}
                checked={holds(value, right)}
                // What a wider right brings cannot be taken away alone.
                disabled={holds(value, right) && !value.includes(right)}
                onChange={(event) => toggle(right, event.currentTarget.checked)}
              />
            ))}
        </fieldset>
      ))}
    </Stack>
  )
}

/** The names of the groups that give the right, or nothing. */
function throughGroups(effective: readonly EffectiveRight[], right: Right): string {
  const reasons = effective.find((one) => one.right === right)?.reasons ?? []
  return reasons.flatMap((reason) => (reason.kind === 'group' ? [reason.name] : [])).join(', ')
}

/** The confidentiality keys in effect, with each way they come. */
export function EffectiveKeys({ keys }: { keys: readonly EffectiveKey[] }) {
  const { t } = useTranslation('access')
  if (keys.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('keys.noKeys')}
      </Text>
    )
  }
  return (
    <ul className={classes.effective}>
      {keys.map(({ id, label, reasons }) => (
        <li key={id}>
          <span>{label}</span>
          <span className={classes.reason}>
            {reasons
              .map((reason) =>
                reason.kind === 'own' ? t('keys.own') : t('people.through', { name: reason.name }),
              )
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Every right in effect with each way it comes, as a list. */
export function EffectiveRights({ effective }: { effective: readonly EffectiveRight[] }) {
  const { t } = useTranslation('access')
  if (effective.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('people.noRights')}
      </Text>
    )
  }
  return (
    <ul className={classes.effective}>
      {effective.map(({ right, reasons }) => (
        <li key={right}>
          <span>{t(`rights.${right}.name`)}</span>
          <span className={classes.reason}>
            {reasons
              .map((reason) =>
                reason.kind === 'own'
                  ? t('people.own')
                  : t('people.through', { name: reason.name }),
              )
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
