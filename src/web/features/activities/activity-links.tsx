import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ActivityView } from '#core/activities/activity.ts'
import { useFormat } from '../../platform/format.ts'
import { useMay } from '../access/session.ts'
import classes from './activities.module.css'

type Props = { activity: ActivityView; onShow: (id: number) => void }

/** Where an activity comes from, and what answers it. */
export function ActivityLinks({ activity, onShow }: Props) {
  const { t } = useTranslation('activities')
  const format = useFormat()
  const { cause, responses, createdBy, createdAt } = activity
  return (
    <>
      <Origin activity={activity} />
      {(cause || responses.length > 0) && (
        <>
          <Text fw={600} size="sm" mt="md" mb={6}>
            {t('chain')}
          </Text>
          <ul className={classes.files}>
            {cause && (
              <li>
                <Text size="sm" c="dimmed">
                  {t('answersTo')}
                </Text>
                <Anchor component="button" type="button" size="sm" onClick={() => onShow(cause.id)}>
                  {cause.label}
                </Anchor>
              </li>
            )}
            {responses.map(({ id, label, state, startsAt }) => (
              <li key={id}>
                <Anchor component="button" type="button" size="sm" onClick={() => onShow(id)}>
                  {label}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {t(`states.${state}`)} · {format.instant(startsAt)}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
      <Text size="xs" c="dimmed" mt="md">
        {createdBy
          ? t('createdBy', { name: createdBy, at: format.instant(createdAt) })
          : t('createdAt', { at: format.instant(createdAt) })}
      </Text>
    </>
  )
}

function Origin({ activity: { campaign, step } }: { activity: ActivityView }) {
  const { t } = useTranslation('activities')
  const may = useMay('mailings.view')
  if (!campaign) return null
  const label = [campaign.label, step?.label].filter(Boolean).join(' – ')
  const to = campaign.form === 'operation' ? '/operations/$id' : '/mailings/$id'
  return (
    <Text size="sm" mt="md">
      {t('fromStep')}{' '}
      {may ? (
        <Anchor
          inherit
          renderRoot={(props) => <Link to={to} params={{ id: String(campaign.id) }} {...props} />}
        >
          {label}
        </Anchor>
      ) : (
        label
      )}
    </Text>
  )
}
