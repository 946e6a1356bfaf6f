import { Button, Radio } from '@mantine/core'
import { IconPhone } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getCallGround, setCallGround } from '#core/phoning/api.ts'
import { CallGround } from '#core/phoning/law.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import classes from './phoning.module.css'

/** Launches the calls of a step (D-74), and says on what they rest. */
export function StepCallsTab({ step }: { step: { id: number; label: string } }) {
  const { t } = useTranslation('phoning')
  const client = useQueryClient()
  const problemText = useProblemText()
  const mayCall = useMay('calls.make')
  const mayWrite = useMay('mailings.write')
  const key = ['calls', step.id, 'ground']
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(getCallGround, { id: step.id }, signal),
  })
  const save = useMutation({
    mutationFn: (value: string) =>
      call(setCallGround, { id: step.id, ground: CallGround.parse(value) }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  })
  return (
    <div className={classes.stack}>
      <div>
        <MayTip may={mayCall}>
          {(state) =>
            state.disabled ? (
              <Button leftSection={<IconPhone size={16} />} {...state}>
                {t('launch')}
              </Button>
            ) : (
              <Button
                leftSection={<IconPhone size={16} />}
                renderRoot={(props) => <Link to={`/calls/${step.id}`} {...props} />}
              >
                {t('launch')}
              </Button>
            )
          }
        </MayTip>
      </div>
      {data && (
        <Radio.Group
          label={t('ground.label')}
          value={data.ground}
          onChange={(value) => save.mutate(value)}
        >
          <div className={classes.statuses}>
            {CallGround.options.map((ground) => (
              <Radio
                key={ground}
                value={ground}
                disabled={!mayWrite}
                label={t(`ground.${ground}`)}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      <FieldError>{save.error && problemText(save.error)}</FieldError>
    </div>
  )
}
