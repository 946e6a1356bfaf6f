import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ChannelIcon } from '../channel-icon.tsx'
import { type NamedStepType, useTables } from '../operation-data.ts'

type Props = {
  onStep: (type: NamedStepType) => void
  /** Left out where a title makes no sense. */
  onTitle?: () => void
}

/** The lines of a menu that add a step of some type, or a title. */
export function TypeItems({ onStep, onTitle }: Props) {
  const { t } = useTranslation('operations')
  const { stepTypes } = useTables()
  return (
    <>
      {stepTypes
        .filter(({ isActive }) => isActive)
        .map((type) => (
          <Menu.Item
            key={type.code}
            leftSection={<ChannelIcon channel={type.channel} />}
            onClick={() => onStep(type)}
          >
            {type.label}
          </Menu.Item>
        ))}
      {onTitle && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<ChannelIcon channel="title" />} onClick={onTitle}>
            {t('heading.add')}
          </Menu.Item>
        </>
      )}
    </>
  )
}
