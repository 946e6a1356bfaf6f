import { Badge, Button, Group, Text } from '@mantine/core'
import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { effectiveRights } from '#core/access/effective.ts'
import type { GroupView, UserView } from '#core/access/user.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { GroupDrawer, roleNames } from './group-drawer.tsx'
import { groupsQuery, usersQuery } from './people-data.ts'
import { MatrixLegend, type MatrixRow, RightsMatrix } from './rights-matrix.tsx'
import { useMay } from './session.ts'
import { UserDrawer } from './user-drawer.tsx'

export function UsersPage() {
  const { t } = useTranslation('access')
  const may = useMay('access.manage')
  const search = useSearch({ from: '/settings/users' })
  const navigate = useNavigate({ from: '/settings/users' })
  const problemText = useProblemText()
  const users = useQuery({ ...usersQuery, enabled: may })
  const groups = useQuery({ ...groupsQuery, enabled: may })
  const open = (to: typeof search) => void navigate({ search: to })
  const close = () => open({})
  const error = users.error ?? groups.error
  return (
    <Page>
      <PageHeader
        title={t('people.title')}
        subtitle={users.data && t('people.count', { count: users.data.length })}
        actions={
          <>
            <MayTip may={may}>
              {(state) => (
                <Button
                  variant="default"
                  leftSection={<IconUsersGroup size={16} />}
                  onClick={() => open({ group: 'new' })}
                  {...state}
                >
                  {t('people.newGroup')}
                </Button>
              )}
            </MayTip>
            <MayTip may={may}>
              {(state) => (
                <Button
                  leftSection={<IconUserPlus size={16} />}
                  onClick={() => open({ user: 'new' })}
                  {...state}
                >
                  {t('people.invite')}
                </Button>
              )}
            </MayTip>
          </>
        }
      />
      {!may && <Text size="sm">{t('errors.right-missing')}</Text>}
      <FieldError>{error && problemText(error)}</FieldError>
      {users.data && groups.data && (
        <>
          <Lists users={users.data} groups={groups.data} open={open} />
          <UserDrawer
            opened={search.user !== undefined}
            user={users.data.find(({ id }) => id === search.user)}
            groups={groups.data}
            onClose={close}
          />
          <GroupDrawer
            opened={search.group !== undefined}
            group={groups.data.find(({ id }) => String(id) === search.group)}
            role={search.role}
            users={users.data}
            onClose={close}
          />
        </>
      )}
    </Page>
  )
}

type ListsProps = {
  users: readonly UserView[]
  groups: readonly GroupView[]
  open: (to: { user?: string; group?: string; role?: (typeof roleNames)[number] }) => void
}

function Lists({ users, groups, open }: ListsProps) {
  const { t } = useTranslation('access')
  const groupRow = (group: GroupView): MatrixRow => ({
    id: String(group.id),
    name: group.name,
    detail: t('people.memberCount', { count: group.memberIds.length }),
    effective: effectiveRights(group.rights, []),
  })
  const userRow = (user: UserView): MatrixRow => ({
    id: user.id,
    name: user.name,
    detail: <UserDetail user={user} groups={groups} />,
    effective: user.isActive ? user.effective : [],
    faded: !user.isActive,
  })
  return (
    <>
      <Panel title={t('people.users')} actions={<MatrixLegend />} flush>
        <RightsMatrix
          label={t('people.userRights')}
          rows={users.map(userRow)}
          onOpen={(user) => open({ user })}
        />
      </Panel>
      <Panel title={t('people.groups')} flush>
        {groups.length > 0 && (
          <RightsMatrix
            label={t('people.groupRights')}
            rows={groups.map(groupRow)}
            onOpen={(group) => open({ group })}
          />
        )}
        {groups.length < 2 && (
          <EmptyState
            plain
            icon={<IconUsersGroup size={28} />}
            title={t('people.rolesTitle')}
            description={t('people.rolesText')}
            actions={roleNames
              .filter((role) => role !== 'administrator' || groups.length === 0)
              .map((role) => (
                <Button
                  key={role}
                  variant="default"
                  size="xs"
                  onClick={() => open({ group: 'new', role })}
                >
                  {t(`roles.${role}`)}
                </Button>
              ))}
          />
        )}
      </Panel>
    </>
  )
}

function UserDetail({ user, groups }: { user: UserView; groups: readonly GroupView[] }) {
  const { t } = useTranslation('access')
  const format = useFormat()
  const member = groups.filter(({ id }) => user.groupIds.includes(id)).map(({ name }) => name)
  const seen = user.lastSignIn && t('people.seen', { date: format.instant(user.lastSignIn) })
  return (
    <Group gap={6}>
      <span>{[user.email, ...member, seen].filter(Boolean).join(' · ')}</span>
      {!user.isActive && (
        <Badge size="sm" variant="light" color="gray">
          {t('people.inactive')}
        </Badge>
      )}
      {user.isActive && !user.hasPassword && (
        <Badge size="sm" variant="light">
          {t('people.invitedBadge')}
        </Badge>
      )}
    </Group>
  )
}
