import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconLock, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '#core/access/key.ts'
import type { GroupView, UserView } from '#core/access/user.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { KeyDrawer } from './key-drawer.tsx'
import { groupsQuery, keysQuery, usersQuery } from './people-data.ts'
import classes from './rights-matrix.module.css'
import { useMay } from './session.ts'

/** Who sees what is kept under which key (D-10, D-33, D-S8). */
export function KeysPage() {
  const { t } = useTranslation('access')
  const may = useMay('access.manage')
  const search = useSearch({ from: '/settings/confidentiality' })
  const navigate = useNavigate({ from: '/settings/confidentiality' })
  const problemText = useProblemText()
  const keys = useQuery({ ...keysQuery, enabled: may })
  const users = useQuery({ ...usersQuery, enabled: may })
  const groups = useQuery({ ...groupsQuery, enabled: may })
  const open = (key: string | undefined) =>
    void navigate({ search: key === undefined ? {} : { key } })
  const error = keys.error ?? users.error ?? groups.error
  const create = (variant: 'filled' | 'default') => (
    <MayTip may={may}>
      {(state) => (
        <Button
          variant={variant}
          leftSection={<IconPlus size={16} />}
          onClick={() => open('new')}
          {...state}
        >
          {t('keys.create')}
        </Button>
      )}
    </MayTip>
  )
  return (
    <Page>
      <PageHeader title={t('keys.title')} subtitle={t('keys.text')} actions={create('filled')} />
      {!may && <Text size="sm">{t('errors.right-missing')}</Text>}
      <FieldError>{error && problemText(error)}</FieldError>
      {keys.data?.length === 0 && (
        <EmptyState
          icon={<IconLock size={28} />}
          title={t('keys.none')}
          description={t('keys.noneText')}
          actions={create('default')}
        />
      )}
      {keys.data && users.data && groups.data && (
        <>
          {keys.data.length > 0 && (
            <KeyTable keys={keys.data} users={users.data} groups={groups.data} onOpen={open} />
          )}
          <KeyDrawer
            opened={search.key !== undefined}
            held={keys.data.find(({ id }) => String(id) === search.key)}
            users={users.data}
            groups={groups.data}
            onClose={() => open(undefined)}
          />
        </>
      )}
    </Page>
  )
}

type TableProps = {
  keys: readonly KeyView[]
  users: readonly UserView[]
  groups: readonly GroupView[]
  onOpen: (key: string) => void
}

function KeyTable({ keys, users, groups, onOpen }: TableProps) {
  const { t } = useTranslation('access')
  const named = (rows: readonly { id: string | number; name: string }[], ids: readonly unknown[]) =>
    rows
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ')
  return (
    <Panel flush>
      <SimpleTable
        label={t('keys.title')}
        rows={keys}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          {
            key: 'label',
            header: t('fields.name'),
            cell: ({ id, label }) => (
              <UnstyledButton className={classes.open ?? ''} onClick={() => onOpen(String(id))}>
                {label}
              </UnstyledButton>
            ),
          },
          { key: 'users', header: t('keys.users'), cell: ({ userIds }) => named(users, userIds) },
          {
            key: 'groups',
            header: t('keys.groups'),
            cell: ({ groupIds }) => named(groups, groupIds),
          },
          {
            key: 'uses',
            header: t('keys.uses'),
            cell: ({ uses }) =>
              uses === 0 ? t('keys.nothing') : t('keys.things', { count: uses }),
          },
        ]}
      />
    </Panel>
  )
}
