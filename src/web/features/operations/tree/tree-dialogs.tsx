import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Tree, TreeKey } from '#core/operations/tree.ts'
import { MoveForm } from './move-form.tsx'
import { NameForm } from './name-form.tsx'
import { TemplateForm } from './template-form.tsx'
import type { Ask, TreeActions } from './use-tree-actions.ts'

type Props = {
  tree: Tree
  actions: TreeActions
  /** A line was made or changed: the keys go there. */
  onDone: (key: TreeKey) => void
  onClosed: () => void
}

/** Names, places and templates are asked for in a dialog; all else is done at once. */
export function TreeDialogs({ tree, actions, onDone, onClosed }: Props) {
  const { t } = useTranslation('operations')
  const { asked, ask } = actions
  const close = () => {
    ask(null)
    onClosed()
  }
  return (
    <Modal
      opened={asked !== null}
      onClose={close}
      title={asked && t(`tree.dialog.${titleOf(asked)}`)}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      {asked && <Form asked={asked} tree={tree} actions={actions} close={close} onDone={onDone} />}
    </Modal>
  )
}

const titleOf = (asked: Ask) =>
  asked.what === 'rename' && asked.node.kind === 'folder' ? 'renameFolder' : asked.what

type FormProps = {
  asked: Ask
  tree: Tree
  actions: TreeActions
  close: () => void
  onDone: (key: TreeKey) => void
}

function Form({ asked, tree, actions, close, onDone }: FormProps) {
  switch (asked.what) {
    case 'move':
      return <MoveForm node={asked.node} tree={tree} onPlace={actions.place} onClose={close} />
    case 'template':
      return <TemplateForm inside={asked.inside} onClose={close} onDone={onDone} />
    default:
      return <NameForm asked={asked} tree={tree} onClose={close} onDone={onDone} />
  }
}
