import { Group, Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ActivityTypeDraft, activityColors, activityIcons } from '#core/activities/type.ts'
import classes from './activities.module.css'
import { inkOf, TypeIcon } from './type-icon.tsx'

type Props = {
  draft: Pick<ActivityTypeDraft, 'kind' | 'icon' | 'color'>
  onChange: (patch: Partial<Pick<ActivityTypeDraft, 'icon' | 'color'>>) => void
}

const icons = ['', ...activityIcons] as const
const colors = ['', ...activityColors] as const

/** The image and the colour that a type is known by (D-S1). */
export function TypeImage({ draft, onChange }: Props) {
  const { t } = useTranslation('activities')
  const { kind, icon, color } = draft
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('settings.image')}
        value={icon}
        onChange={(value) => onChange({ icon: icons.find((each) => each === value) ?? '' })}
      >
        <Group gap={6} mt={6}>
          {icons.map((value) => (
            <Radio.Card
              key={value}
              value={value}
              className={classes.image ?? ''}
              aria-label={t(`settings.images.${value || 'kind'}`)}
              title={t(`settings.images.${value || 'kind'}`)}
            >
              <TypeIcon type={{ kind, icon: value, color }} size={18} />
            </Radio.Card>
          ))}
        </Group>
      </Radio.Group>
      <Radio.Group
        label={t('settings.color')}
        value={color}
        onChange={(value) => onChange({ color: colors.find((each) => each === value) ?? '' })}
      >
        <Group gap={6} mt={6}>
          {colors.map((value) => (
            <Radio.Card
              key={value}
              value={value}
              className={classes.image ?? ''}
              aria-label={t(`settings.colors.${value || 'none'}`)}
              title={t(`settings.colors.${value || 'none'}`)}
            >
              <span
                className={classes.swatch}
                style={value === '' ? {} : { ...inkOf(value), background: 'currentcolor' }}
              />
            </Radio.Card>
          ))}
        </Group>
      </Radio.Group>
    </Stack>
  )
}
