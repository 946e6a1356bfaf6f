import { ActionIcon, Button, NumberInput, Select, Table, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { minorDigits } from '#core/kernel/money.ts'
import type { FixedCost } from '#core/operations/operation.ts'
import { useFormat } from '../../platform/format.ts'
import type { HeaderProps } from './general-tab.tsx'
import classes from './operations.module.css'

const usual = ['EUR', 'CHF', 'GBP', 'USD', 'CAD', 'XPF', 'MAD', 'TND']

/** Fixed costs, each in its currency: a total per currency, never one of all. */
export function CostsTable({ draft: { costs }, set, readOnly }: HeaderProps) {
  const { t } = useTranslation('operations')
  const { money } = useFormat()
  const put = (at: number, patch: Partial<FixedCost>) =>
    set({ costs: costs.map((cost, place) => (place === at ? { ...cost, ...patch } : cost)) })
  const totals = Map.groupBy(costs, ({ currency }) => currency)
  return (
    <div>
      {costs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('costs.none')}
        </Text>
      ) : (
        <Table
          aria-label={t('sections.costs')}
          withRowBorders={false}
          className={classes.costs ?? ''}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('costs.label')}</Table.Th>
              <Table.Th scope="col">{t('costs.amount')}</Table.Th>
              <Table.Th scope="col">{t('costs.currency')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {costs.map((cost, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cost is known by its place
              <Table.Tr key={at}>
                <CostCells
                  cost={cost}
                  number={at + 1}
                  readOnly={readOnly}
                  onChange={(patch) => put(at, patch)}
                  onRemove={() => set({ costs: costs.filter((_, place) => place !== at) })}
                />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {[...totals].map(([currency, of]) => (
        <Text key={currency} size="sm" fw={600} role="status" mt={4}>
          {t('costs.total', {
            amount: money(
              of.reduce((sum, { amount }) => sum + amount, 0),
              currency,
            ),
          })}
        </Text>
      ))}
      {!readOnly && costs.length < 100 && (
        <Button
          mt="sm"
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            set({
              costs: [
                ...costs,
                { label: '', amount: 0, currency: costs.at(-1)?.currency ?? 'EUR' },
              ],
            })
          }
        >
          {t('costs.add')}
        </Button>
      )}
    </div>
  )
}

type CellsProps = {
  cost: FixedCost
  number: number
  readOnly: boolean
  onChange: (patch: Partial<FixedCost>) => void
  onRemove: () => void
}

function CostCells({ cost, number, readOnly, onChange, onRemove }: CellsProps) {
  const { t, i18n } = useTranslation('operations')
  const digits = minorDigits(cost.currency)
  const currencies = [...new Set([cost.currency, ...usual])]
  return (
    <>
      <Table.Td>
        <TextInput
          aria-label={t('costs.labelOf', { number })}
          value={cost.label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
          maxLength={200}
          readOnly={readOnly}
        />
      </Table.Td>
      <Table.Td>
        <NumberInput
          aria-label={t('costs.amountOf', { number })}
          value={cost.amount / 10 ** digits}
          onChange={(value) =>
            onChange({ amount: Math.round((Number(value) || 0) * 10 ** digits) })
          }
          min={0}
          max={1e12 / 10 ** digits}
          decimalScale={digits}
          decimalSeparator={i18n.language === 'fr' ? ',' : '.'}
          clampBehavior="strict"
          hideControls
          readOnly={readOnly}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={t('costs.currencyOf', { number })}
          data={currencies}
          value={cost.currency}
          onChange={(currency) => currency !== null && onChange({ currency })}
          allowDeselect={false}
          disabled={readOnly}
        />
      </Table.Td>
      <Table.Td>
        {!readOnly && (
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('costs.remove', { number })}
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Table.Td>
    </>
  )
}
