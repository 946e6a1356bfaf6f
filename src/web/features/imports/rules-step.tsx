import { Button, Checkbox, Radio, Select, Stack, TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { partyKeys, type Rules } from '#core/imports/plan.ts'
import { Panel } from '../../ui/panel.tsx'
import type { StepProps } from './import-wizard.tsx'
import { usePartyCatalogue } from './import-words.ts'
import classes from './imports.module.css'

type RuleProps = {
  rules: Rules
  set: (patch: Partial<Rules>) => void
  targets: ReadonlySet<string>
}

/** Whom a row means, and what becomes of what is or is not there. */
export function RulesStep({ plan, onChange, onGo }: StepProps) {
  const { t } = useTranslation('imports')
  const props: RuleProps = {
    rules: plan.rules,
    set: (patch) => onChange({ ...plan, rules: { ...plan.rules, ...patch } }),
    targets: new Set(plan.columns.map(({ target }) => target)),
  }
  const { kind } = plan
  return (
    <>
      <Panel title={t('rules.title')}>
        <div className={classes.rules}>
          <KeyRule {...props} ofCustomers={kind === 'customers'} />
          {kind === 'customers' && <CustomerRules {...props} />}
          {kind === 'sales' && <SalesRules {...props} />}
          {kind === 'list' && (
            <TextInput
              label={t('rules.listName')}
              description={t('rules.listNameText')}
              value={plan.rules.listLabel}
              onChange={(event) => props.set({ listLabel: event.currentTarget.value })}
            />
          )}
          {kind === 'mailings' && <CurrencyRule {...props} />}
        </div>
      </Panel>
      <div className={classes.footer}>
        <Button variant="default" onClick={() => onGo('columns')}>
          {t('back.columns')}
        </Button>
        <Button
          onClick={() => onGo('trial')}
          rightSection={<IconArrowRight size={18} aria-hidden />}
        >
          {t('next.trial')}
        </Button>
      </div>
    </>
  )
}

function KeyRule({ rules, set, targets, ofCustomers }: RuleProps & { ofCustomers: boolean }) {
  const { t } = useTranslation('imports')
  const has = (key: string) =>
    !ofCustomers || targets.has(key) || (key === 'phone' && targets.has('mobile'))
  return (
    <Select
      label={t('rules.key')}
      description={t(ofCustomers ? 'rules.keyText' : 'rules.keyTextOther')}
      data={partyKeys.map((value) => ({
        value,
        label: t(`rules.keys.${value}`),
        disabled: !has(value),
      }))}
      value={rules.key}
      onChange={(value) => {
        const key = partyKeys.find((known) => known === value)
        if (key) set({ key })
      }}
      allowDeselect={false}
    />
  )
}

function CustomerRules({ rules, set }: RuleProps) {
  const { t } = useTranslation('imports')
  return (
    <>
      <Stack gap="xs">
        <Checkbox
          label={t('rules.create')}
          checked={rules.create}
          onChange={(event) => set({ create: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('rules.update')}
          description={t('rules.updateText')}
          checked={rules.update}
          onChange={(event) => set({ update: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('rules.createClasses')}
          description={t('rules.createClassesText')}
          checked={rules.createClasses}
          onChange={(event) => set({ createClasses: event.currentTarget.checked })}
        />
      </Stack>
      <Radio.Group
        label={t('rules.empty')}
        value={rules.emptyCells}
        onChange={(value) => set({ emptyCells: value === 'clear' ? 'clear' : 'keep' })}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="keep" label={t('rules.emptyKeep')} />
          <Radio value="clear" label={t('rules.emptyClear')} />
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('rules.alsoList')}
        description={t('rules.alsoListText')}
        value={rules.listLabel}
        onChange={(event) => set({ listLabel: event.currentTarget.value })}
      />
    </>
  )
}

const unknowns = ['create', 'anonymous', 'reject'] as const

function SalesRules(props: RuleProps) {
  const { rules, set, targets } = props
  const { t } = useTranslation('imports')
  const stores = usePartyCatalogue()?.stores ?? []
  return (
    <>
      <Radio.Group
        label={t('rules.unknown')}
        value={rules.unknownCustomer}
        onChange={(value) => {
          const unknownCustomer = unknowns.find((known) => known === value)
          if (unknownCustomer) set({ unknownCustomer })
        }}
      >
        <Stack gap="xs" mt={6}>
          {unknowns.map((value) => (
            <Radio key={value} value={value} label={t(`rules.unknowns.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {!targets.has('store') && (
        <Select
          label={t('rules.store')}
          description={t('rules.storeText')}
          placeholder={stores.length > 0 ? stores[0]?.name : t('rules.storeNew')}
          data={stores.map(({ code, name }) => ({ value: code, label: name }))}
          value={rules.store || null}
          onChange={(value) => set({ store: value ?? '' })}
        />
      )}
      <CurrencyRule {...props} />
      <Checkbox
        label={t('rules.cancel')}
        description={t('rules.cancelText')}
        checked={rules.cancelPrefix}
        onChange={(event) => set({ cancelPrefix: event.currentTarget.checked })}
      />
    </>
  )
}

function CurrencyRule({ rules, set, targets }: RuleProps) {
  const { t, i18n } = useTranslation('imports')
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency' })
  if (targets.has('currency')) return null
  return (
    <Select
      label={t('rules.currency')}
      data={['EUR', 'CHF', 'GBP', 'USD', 'CAD', 'XPF', 'MAD'].map((value) => ({
        value,
        label: `${value} — ${names.of(value)}`,
      }))}
      value={rules.currency}
      onChange={(value) => value && set({ currency: value })}
      allowDeselect={false}
    />
  )
}
