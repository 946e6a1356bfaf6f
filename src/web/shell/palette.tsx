import { Modal, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './palette.module.css'
import { type PaletteItem, usePaletteItems } from './palette-items.ts'

/** Ctrl K: pages, actions, and customers by name; arrows choose, Enter goes. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('palette.title')}
      size={600}
      yOffset="10dvh"
      padding={0}
      classNames={{ header: classes.header ?? '', close: classes.close ?? '' }}
    >
      <Search onClose={onClose} />
    </Modal>
  )
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const id = useId()
  const [words, setWords] = useState('')
  const [active, setActive] = useState(0)
  const { items, searching } = usePaletteItems(words)
  const chosen = items[Math.min(active, items.length - 1)]
  const optionId = (item: PaletteItem) => `${id}-${item.id}`

  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    void navigate({ to: item.to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((Math.min(active, items.length - 1) + step + items.length) % items.length)
    else if (event.key === 'Enter') run(chosen)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, id])

  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="lg"
        className={classes.field ?? ''}
        leftSection={<IconSearch size={19} />}
        placeholder={t('shell.search')}
        aria-label={t('palette.title')}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && optionId(chosen)}
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={t('palette.results')}
        className={classes.list}
      >
        {items.map((item) => (
          <UnstyledButton
            key={item.id}
            id={optionId(item)}
            role="option"
            tabIndex={-1}
            aria-selected={item === chosen}
            className={classes.item ?? ''}
            onClick={() => run(item)}
          >
            <item.icon size={19} stroke={1.7} aria-hidden />
            <span className={classes.text}>
              {item.label}
              {item.detail && <span className={classes.detail}>{item.detail}</span>}
            </span>
          </UnstyledButton>
        ))}
      </div>
      <p role="status" className={classes.status}>
        {searching ? t('palette.searching') : items.length === 0 ? t('palette.nothing') : ''}
      </p>
    </>
  )
}
