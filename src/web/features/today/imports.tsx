import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listImports } from '#core/imports/api.ts'
import type { ImportView } from '#core/imports/import.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './today.module.css'

const looked = 20
const most = 5

const needsSomebody = ({ state, counts }: ImportView) =>
  state === 'failed' || ((counts?.rejected ?? 0) > 0 && state !== 'undone')

/** The latest imports that failed or left rows aside. */
export function Imports() {
  const { t } = useTranslation('today')
  const { integer, instant } = useFormat()
  const { data } = useQuery({
    queryKey: ['imports', 'latest'],
    queryFn: ({ signal }) => call(listImports, { limit: looked }, signal),
  })
  const imports = data?.imports.filter(needsSomebody).slice(0, most)
  const what = ({ state, counts }: ImportView) =>
    state === 'failed'
      ? t('imports.failed')
      : t('imports.rejected', {
          count: counts?.rejected ?? 0,
          n: integer(counts?.rejected ?? 0),
        })
  return (
    <Panel title={t('imports.title')}>
      {imports?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('imports.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {imports?.map((one) => (
          <li key={one.id}>
            <div className={classes.line}>
              <Anchor component={Link} to={`/imports/${one.id}`} size="sm" fw={560}>
                {one.fileName}
              </Anchor>
              <Text size="xs" c="red" component="span">
                {what(one)}
              </Text>
            </div>
            <Text size="xs" c="dimmed">
              {instant(one.finishedAt ?? one.createdAt)}
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
