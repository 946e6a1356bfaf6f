import { Button, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type FormulaProblem, parseFormula } from '#core/routing/formula.ts'
import classes from './routing.module.css'

type Props = {
  value: string
  codes: readonly string[]
  onChange: (formula: string) => void
  readOnly: boolean
}

/** What is wrong with a formula, or null. */
export function problemOf(formula: string, codes: readonly string[]): FormulaProblem | null {
  const parsed = parseFormula(formula, codes)
  return 'problem' in parsed ? parsed.problem : null
}

/** The formula with its mistakes marked where they are, and its words to click. */
export function FormulaField({ value, codes, onChange, readOnly }: Props) {
  const { t } = useTranslation('routing')
  const input = useRef<HTMLInputElement>(null)
  const problem = problemOf(value, codes)
  const insert = (word: string) => {
    const at = input.current?.selectionStart ?? value.length
    const [before, after] = [value.slice(0, at), value.slice(at)]
    const space = before === '' || /[\s(]$/.test(before) || word === ')' ? '' : ' '
    onChange(`${before}${space}${word}${/^\s|^\)|^$/.test(after) ? '' : ' '}${after}`)
    input.current?.focus()
  }
  const words = [t('formula.words.and'), t('formula.words.or'), t('formula.words.not'), '(', ')']
  return (
    <div>
      <TextInput
        ref={input}
        className={classes.formula ?? ''}
        label={t('formula.label')}
        description={t('formula.help')}
        placeholder={t('formula.placeholder')}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        readOnly={readOnly}
        error={problem && <Problem problem={problem} value={value} onChange={onChange} />}
        errorProps={{ component: 'div' }}
        spellCheck={false}
        autoComplete="off"
        maxLength={2_000}
      />
      {!readOnly && codes.length > 0 && (
        <div className={classes.words}>
          {[...new Set([...codes, ...words])].map((word) => (
            <Button
              key={word}
              size="compact-xs"
              variant={codes.includes(word) ? 'light' : 'default'}
              aria-label={`${t('formula.insert')} ${word}`}
              onClick={() => insert(word)}
            >
              {word}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

type ProblemProps = {
  problem: FormulaProblem
  value: string
  onChange: (formula: string) => void
}

function Problem({ problem, value, onChange }: ProblemProps) {
  const { t } = useTranslation('routing')
  const { at, length, text, hint, reason } = problem
  const end = at + length
  return (
    <>
      <span className={classes.problem}>
        {t('formula.at', { at: at + 1 })} {t(`formula.reasons.${reason}`, { text })}
        {hint !== '' && (
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => onChange(value.slice(0, at) + hint + value.slice(end))}
            aria-label={t('formula.replace', { hint })}
          >
            {t('formula.meant', { hint })}
          </Button>
        )}
      </span>
      <p className={classes.marked} aria-hidden>
        {value.slice(0, at)}
        <mark>{value.slice(at, end) || '\u00a0'}</mark>
        {value.slice(end)}
      </p>
    </>
  )
}
