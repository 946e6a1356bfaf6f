/** Criteria and selections read back as one sentence: the same on the page, in the audit and in a mailing. */
import { assertNever } from '../kernel/assert-never.ts'
import type { Locale } from '../kernel/values.ts'
import type { AnswerTest } from '../questionnaires/answer-test.ts'
import type { CriteriaNode, Criterion, CriterionOf } from './criteria.ts'
import { activityClause } from './describe-activity.ts'
import { createPhrase, fill, type Naming, type Phrase } from './phrase.ts'
import type { Selection, Source } from './selection.ts'
import { bounds, dateTest, spans, textTest, windowText } from './test-words.ts'

export function describeCriteria(root: CriteriaNode, locale: Locale, naming: Naming): string {
  const phrase = createPhrase(locale, naming)
  return fill(phrase.words.people, { who: who(root, phrase) })
}

/** A test of an answer as a clause of its own, “the answer to “Catalogue?” is “yes””: for branching and conditions. */
export function describeAnswer(asked: AnswerTest, locale: Locale, naming: Naming): string {
  const phrase = createPhrase(locale, naming)
  const label = phrase.called('question')(String(asked.questionId))
  const { op } = asked.test
  const { itself } = phrase.words.answer
  if (op === 'empty' || op === 'filled') return fill(itself[op], { label })
  if (asked.of === 'yes-no' && 'value' in asked.test) {
    const value = phrase.quote(phrase.words.yesNo[asked.test.value ? 'yes' : 'no'])
    return fill(itself.is, { label, value })
  }
  return fill(itself.test, { label, test: answerTest(asked, phrase) })
}

/** One criterion as the end of "customers …": for the reasons why someone is in. */
export function describeCriterion(criterion: Criterion, locale: Locale, naming: Naming): string {
  return clause(criterion, createPhrase(locale, naming))
}

export function describeSelection(selection: Selection, locale: Locale, naming: Naming): string {
  const phrase = createPhrase(locale, naming)
  const { words } = phrase
  const parts = selection.operations.map(({ kind, source }) => ({
    kind,
    text: describeSource(source, phrase),
  }))
  const [first] = parts
  // "No customer, plus the customers who …" says no more than "The customers who …".
  const isPlain = selection.start === 'nobody' && first?.kind === 'add'
  const start = isPlain ? capital(first.text) : words.selection[selection.start]
  const rest = (isPlain ? parts.slice(1) : parts).map(({ kind, text }) =>
    fill(words.selection[kind], { source: text }),
  )
  return `${start}${rest.join('')}${selection.excludeDoNotContact ? words.selection.wish : ''}.`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function describeSource(source: Source, phrase: Phrase): string {
  const { words, called } = phrase
  switch (source.kind) {
    case 'criteria':
      return fill(words.selection.criteria, { who: who(source.criteria.root, phrase) })
    case 'segment':
      return fill(words.selection.segment, { name: called('segment')(String(source.segmentId)) })
    case 'tag':
      return fill(words.selection.tag, { name: called('tag')(String(source.tagId)) })
    case 'list':
      return fill(words.selection.list, { name: called('list')(String(source.listId)) })
    case 'people': {
      const n = source.partyIds.length
      return fill(phrase.plural(words.selection, 'people', n), { n: phrase.number(n) })
    }
    case 'mailing':
      return fill(words.selection[`mailing-${source.who}`], {
        name: called('mailing')(String(source.campaignId)),
      })
    default:
      return assertNever(source)
  }
}

/** The clauses of a group; who is to be left out of an "and" stands last: "…, except those who …". */
function who(node: CriteriaNode, phrase: Phrase): string {
  const { words } = phrase
  if (node.kind !== 'group') return clause(node, phrase)
  if (node.not) return fill(words.everyoneBut, { who: who({ ...node, not: false }, phrase) })
  const isBut = (inner: CriteriaNode) => node.join === 'all' && inner.kind === 'group' && inner.not
  const kept = node.of
    .filter((inner) => !isBut(inner))
    .map((inner) => part(inner, node.of.length, phrase))
  const buts = node.of
    .filter(isBut)
    .map((inner) => who({ ...inner, not: false } as CriteriaNode, phrase))
  const joined = kept.join(words[node.join === 'all' ? 'and' : 'or'])
  if (buts.length === 0) return joined
  const but = buts.join(words.or)
  if (kept.length === 0) return fill(words.everyoneBut, { who: but })
  return `${joined}${words.comma}${fill(words.except, { who: but })}`
}

function part(node: CriteriaNode, among: number, phrase: Phrase): string {
  const text = who(node, phrase)
  const needsBrackets = node.kind === 'group' && among > 1 && (node.not || node.of.length > 1)
  return needsBrackets ? fill(phrase.words.group, { who: text }) : text
}

function clause(criterion: Criterion, phrase: Phrase): string {
  const { words } = phrase
  switch (criterion.kind) {
    case 'text':
      return whose(criterion.field, textTest(criterion.test, phrase, phrase.quote), phrase)
    case 'choice':
      return whose(
        criterion.field,
        textTest(criterion.test, phrase, (value) => phrase.choice(criterion.field, value)),
        phrase,
      )
    case 'number':
      return numberClause(criterion, phrase)
    case 'date':
      return whose(criterion.field, dateTest(criterion.test, words.date, phrase), phrase)
    case 'flag':
      return flagClause(criterion, phrase)
    case 'birthday':
      return birthdayClause(criterion, phrase)
    case 'tag':
    case 'list':
      return namesClause(criterion, phrase)
    case 'segment':
      return fill(words.segment[criterion.is ? 'is' : 'is-not'], {
        name: phrase.called('segment')(String(criterion.segmentId)),
      })
    case 'consent':
      return fill(words[consentWords(criterion)][`${criterion.op}-${criterion.state}`], {
        channel: words.channels[criterion.channel],
      })
    case 'mailing':
      return fill(words.mailing[criterion.op], {
        name: phrase.called('mailing')(String(criterion.campaignId)),
      })
    case 'visit':
      return visitClause(criterion, phrase)
    case 'purchases':
      return purchasesClause(criterion, phrase)
    case 'bought':
      return boughtClause(criterion, phrase)
    case 'answer':
      return answerClause(criterion, phrase)
    case 'activity':
      return activityClause(criterion, phrase)
    case 'status':
      return fill(words.status[criterion.op], {
        step: phrase.called('step')(String(criterion.stepId)),
        statuses: phrase.list(criterion.statuses, 'or', phrase.called('status')),
      })
    case 'delivery':
      return fill(words.delivery[`${criterion.is ? 'is' : 'is-not'}-${criterion.fact}`], {
        step: phrase.called('step')(String(criterion.stepId)),
      })
    case 'bought-since':
      return fill(words['bought-since'][criterion.is ? 'is' : 'is-not'], {
        step: phrase.called('step')(String(criterion.stepId)),
      })
    case 'step-state':
      return fill(words['step-state'][criterion.op], {
        step: phrase.called('step')(String(criterion.stepId)),
        states: phrase.list(criterion.states, 'or', phrase.called('step-state')),
      })
    case 'operation-state':
      return fill(words['operation-state'][criterion.op], {
        operation: phrase.called('mailing')(String(criterion.campaignId)),
        states: phrase.list(criterion.states, 'or', phrase.called('operation-state')),
      })
    default:
      return assertNever(criterion)
  }
}

const consentWords = ({ purpose }: CriterionOf<'consent'>) =>
  purpose === 'measurement' ? 'measurement' : 'consent'

function noun(field: string, { words, called }: Phrase): string {
  if (!field.startsWith('custom.')) return words.nouns[field as keyof typeof words.nouns]
  return fill(words.custom, { label: called('field')(field.slice('custom.'.length)) })
}

const whose = (field: string, test: string, phrase: Phrase) =>
  fill(phrase.words.whose, { noun: noun(field, phrase), test })

function numberClause({ field, currency, test }: CriterionOf<'number'>, phrase: Phrase): string {
  const values = bounds(test, (value) =>
    currency === undefined ? phrase.number(value) : phrase.figure('revenue', value, currency),
  )
  if (field === 'age') return fill(phrase.words.age[test.op], values)
  return whose(field, fill(phrase.words.number[test.op], values), phrase)
}

function flagClause({ field, is }: CriterionOf<'flag'>, phrase: Phrase): string {
  const key = field in phrase.words.flag ? (field as 'hasEmail') : 'custom'
  return fill(phrase.words.flag[is ? key : (`not-${key}` as const)], { noun: noun(field, phrase) })
}

function birthdayClause({ test }: CriterionOf<'birthday'>, phrase: Phrase): string {
  const template = phrase.words.birthday[test.op]
  if ('from' in test)
    return fill(template, { from: phrase.monthDay(test.from), to: phrase.monthDay(test.to) })
  if ('month' in test) return fill(template, { month: phrase.month(test.month) })
  return 'days' in test ? fill(template, spans({ n: test.days, unit: 'days' }, phrase)) : template
}

function namesClause(criterion: CriterionOf<'tag'> | CriterionOf<'list'>, phrase: Phrase): string {
  const { kind, op, ids } = criterion
  const names = phrase.list(ids, op === 'all' ? 'and' : 'or', phrase.called(kind))
  return fill(phrase.plural(phrase.words[kind], op, ids.length), { names })
}

function visitClause({ which, test }: CriterionOf<'visit'>, phrase: Phrase): string {
  if (test.op === 'empty') return phrase.words.never
  if (test.op === 'filled') return phrase.words.ever
  return whose(`visit-${which}`, dateTest(test, phrase.words.visit, phrase), phrase)
}

function purchasesClause(criterion: CriterionOf<'purchases'>, phrase: Phrase): string {
  const { measure, currency, window, of, test } = criterion
  const { words } = phrase
  const goods = of
    ? fill(phrase.plural(words.of, of.what, of.ids.length), {
        names: phrase.list(of.ids, 'or', phrase.called(of.what)),
      })
    : ''
  const isCounted = measure === 'visits' || measure === 'quantity'
  const money = isCounted && currency ? fill(words.inCurrency, { currency }) : ''
  const show = (value: number) => phrase.figure(measure, value, currency)
  return fill(words.purchases, {
    noun: `${words.nouns[measure]}${money}`,
    of: goods,
    window: windowText(window, phrase),
    test: fill(words.number[test.op], bounds(test, show)),
  })
}

function boughtClause({ what, op, ids, window }: CriterionOf<'bought'>, phrase: Phrase): string {
  // "Each of" one is just it.
  const all = op === 'all' && ids.length > 1
  return fill(phrase.words.bought[`${what}-${op === 'all' && !all ? 'any' : op}`], {
    names: phrase.list(ids, all ? 'and' : 'or', phrase.called(what)),
    window: windowText(window, phrase),
  })
}

function answerClause(asked: AnswerTest, phrase: Phrase): string {
  const { words } = phrase
  const label = phrase.called('question')(String(asked.questionId))
  const { op } = asked.test
  if (op === 'empty' || op === 'filled') return fill(words.answer[op], { label })
  if (asked.of === 'yes-no' && 'value' in asked.test)
    return fill(words.answer.is, {
      label,
      value: phrase.quote(words.yesNo[asked.test.value ? 'yes' : 'no']),
    })
  return fill(words.answer.whose, { label, test: answerTest(asked, phrase) })
}

/** The test of an answer as the end of “the answer …”. */
function answerTest(asked: AnswerTest, phrase: Phrase): string {
  switch (asked.of) {
    case 'yes-no':
      return ''
    case 'choice':
    case 'choices':
      return textTest(asked.test, phrase, (code) =>
        phrase.called('answer')(`${asked.questionId}.${code}`),
      )
    case 'number':
      return fill(phrase.words.number[asked.test.op], bounds(asked.test, phrase.number))
    case 'date':
      return dateTest(asked.test, phrase.words.date, phrase)
    case 'text':
      return textTest(asked.test, phrase, phrase.quote)
    default:
      return assertNever(asked)
  }
}
