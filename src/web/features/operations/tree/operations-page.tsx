import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconBinaryTree, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useUrlState } from '../../../platform/url-state.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FieldError } from '../../../ui/field-error.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { useMay } from '../../access/session.ts'
import { ExampleButton } from './example-button.tsx'
import { ListAddress } from './list-address.ts'
import { LookupList } from './lookup-list.tsx'
import classes from './tree.module.css'
import { useTree } from './tree-data.ts'
import { TreeDialogs } from './tree-dialogs.tsx'
import { TreePanel } from './tree-panel.tsx'
import { useTreeActions } from './use-tree-actions.ts'

/** The tree that manages marketing operations, and the list that finds them. */
export function OperationsPage() {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const mayWrite = useMay('mailings.write')
  const [address, setAddress] = useUrlState(ListAddress)
  const { tree, opensUnfolded, query } = useTree()
  const actions = useTreeActions({
    tree,
    mayWrite,
    onChoose: (folder) => setAddress({ folder }, { push: true }),
  })
  const isEmpty = query.isSuccess && tree.nodes.length === 0
  const count = query.data?.operations.length ?? 0
  const folder = tree.byKey.has(`f${address.folder}`) ? address.folder : undefined
  const createButton = (
    <MayTip may={mayWrite}>
      {(tip) => (
        <Button
          leftSection={<IconPlus size={16} />}
          onClick={() => actions.ask({ what: 'operation', inside: folder ?? null })}
          {...tip}
        >
          {t('tree.createOperation')}
        </Button>
      )}
    </MayTip>
  )
  return (
    <Page fill>
      <PageHeader
        title={t('tree.title')}
        subtitle={count > 0 ? t('tree.count', { count, n: integer(count) }) : t('tree.purpose')}
        actions={!isEmpty && createButton}
      />
      {query.isError && <FieldError>{problemText(query.error)}</FieldError>}
      {query.isPending && <Skeleton height={320} />}
      {isEmpty && (
        <>
          <EmptyState
            icon={<IconBinaryTree size={40} stroke={1.3} />}
            title={t('tree.empty.title')}
            description={t('tree.empty.text')}
            actions={
              <>
                {createButton}
                <ExampleButton mayWrite={mayWrite} />
              </>
            }
          />
          <TreeDialogs tree={tree} actions={actions} onDone={noop} onClosed={noop} />
        </>
      )}
      {query.isSuccess && !isEmpty && (
        <>
          <SegmentedControl
            className={classes.switch ?? ''}
            fullWidth
            aria-label={t('tree.panes')}
            data={[
              { value: 'tree', label: t('tree.paneTree') },
              { value: 'list', label: t('tree.paneList') },
            ]}
            value={address.pane}
            onChange={(pane) => setAddress({ pane: pane === 'list' ? 'list' : 'tree' })}
          />
          <div className={classes.master} data-pane={address.pane}>
            <TreePanel
              tree={tree}
              opensUnfolded={opensUnfolded}
              chosen={folder}
              mayWrite={mayWrite}
              actions={actions}
            />
            <LookupList tree={tree} address={{ ...address, folder }} onChange={setAddress} />
          </div>
        </>
      )}
    </Page>
  )
}

const noop = () => undefined
