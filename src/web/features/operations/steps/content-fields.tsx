import { Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isPhoning, messageChannelOf } from '#core/campaigns/step-type.ts'
import { questionnairesQuery, questionsQuery } from '../choices.ts'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

const preset = 'default'

/** What the step works with: questionnaire, script, sending profile. */
export function ContentFields(props: FieldsProps) {
  const { draft, set, readOnly } = props
  const { t } = useTranslation('operations')
  const { typeOf, relays } = useTables()
  const type = typeOf(draft.typeCode)
  if (!type) return null
  const { fields, channel } = type
  const sends = messageChannelOf(channel)
  const isSent = sends === 'email' || sends === 'sms'
  const asks = fields.questionnaire !== 'unused' || fields.item !== 'unused'
  if (!asks && !isSent && !isPhoning(channel)) return null
  const profiles = relays.filter((relay) => relay.channel === sends)
  return (
    <Section title={t('sections.content')}>
      <div className={classes.fields}>
        {fields.questionnaire !== 'unused' && (
          <QuestionnaireField {...props} mandatory={fields.questionnaire === 'mandatory'} />
        )}
        {fields.item !== 'unused' && (
          <QuestionField {...props} mandatory={fields.item === 'mandatory'} />
        )}
        {isPhoning(channel) && (
          <Textarea
            className={classes.full ?? ''}
            label={t('fields.script')}
            description={t('help.script')}
            value={draft.script}
            onChange={(event) => set({ script: event.currentTarget.value })}
            maxLength={20_000}
            autosize
            minRows={4}
            maxRows={16}
            readOnly={readOnly}
          />
        )}
        {isSent && (
          <Select
            className={classes.full ?? ''}
            label={t('fields.relayId')}
            description={t('help.relay')}
            data={[
              { value: preset, label: t('values.defaultRelay') },
              ...profiles.map(({ id, label }) => ({ value: String(id), label })),
            ]}
            value={draft.relayId === null ? preset : String(draft.relayId)}
            onChange={(value) => set({ relayId: value === preset ? null : Number(value) })}
            allowDeselect={false}
            disabled={readOnly}
          />
        )}
      </div>
    </Section>
  )
}

type AskedProps = FieldsProps & { mandatory: boolean }

function QuestionnaireField({ draft, set, readOnly, mandatory }: AskedProps) {
  const { t } = useTranslation('operations')
  const { data = [] } = useQuery(questionnairesQuery)
  return (
    <Select
      className={classes.full ?? ''}
      label={t('fields.questionnaireId')}
      placeholder={t('values.choose')}
      data={data
        .filter(({ id, isActive }) => isActive || id === draft.questionnaireId)
        .map(({ id, label }) => ({ value: String(id), label }))}
      value={draft.questionnaireId === null ? null : String(draft.questionnaireId)}
      onChange={(value) => set({ questionnaireId: value === null ? null : Number(value) })}
      nothingFoundMessage={t('values.noQuestionnaire')}
      withAsterisk={mandatory}
      searchable
      clearable={!readOnly}
      disabled={readOnly}
    />
  )
}

function QuestionField({ draft, set, readOnly, mandatory }: AskedProps) {
  const { t } = useTranslation('operations')
  const { data = [] } = useQuery(questionsQuery)
  return (
    <Select
      className={classes.full ?? ''}
      label={t('fields.questionId')}
      placeholder={t('values.choose')}
      data={data
        .filter(({ id, isActive }) => isActive || id === draft.questionId)
        .map(({ id, label }) => ({ value: String(id), label }))}
      value={draft.questionId === null ? null : String(draft.questionId)}
      onChange={(value) => set({ questionId: value === null ? null : Number(value) })}
      withAsterisk={mandatory}
      searchable
      clearable={!readOnly}
      disabled={readOnly}
    />
  )
}
