/** What is on the screen of an agent, and what changes it. */
import type { ObstacleCounts, PersonOnCall } from '#core/phoning/call.ts'
import type { AnswerProblem, AnswerValue } from '#core/questionnaires/answer.ts'

export type Phase = 'loading' | 'person' | 'call' | 'result' | 'nobody' | 'stopped'

export type State = {
  phase: Phase
  person: PersonOnCall | null
  ahead: PersonOnCall | null
  answers: ReadonlyMap<number, AnswerValue | null>
  problems: readonly { questionId: number; reason: AnswerProblem }[]
  obstacles: ObstacleCounts
}

export const start: State = {
  phase: 'loading',
  person: null,
  ahead: null,
  answers: new Map(),
  problems: [],
  obstacles: {},
}

export type Event =
  | { kind: 'loading' }
  | { kind: 'show'; person: PersonOnCall; waiting?: readonly Answer[]; phase?: Phase }
  | { kind: 'ahead'; person: PersonOnCall | null }
  | { kind: 'nobody'; obstacles: ObstacleCounts }
  | { kind: 'phase'; phase: Phase }
  | { kind: 'stopped' }
  | { kind: 'answer'; answer: Answer }
  | { kind: 'problems'; problems: State['problems'] }

export type Answer = { questionId: number; value: AnswerValue | null }

const asMap = (answers: readonly Answer[]) =>
  new Map(answers.map(({ questionId, value }) => [questionId, value]))

export function reduce(state: State, event: Event): State {
  switch (event.kind) {
    case 'loading':
      return { ...start, ahead: state.ahead }
    case 'show': {
      const { person, waiting = [], phase } = event
      const answers = asMap([...person.answers, ...waiting])
      const ahead = state.ahead?.partyId === person.partyId ? null : state.ahead
      const next = phase ?? (person.call ? 'call' : 'person')
      return { ...start, ahead, phase: next, person, answers }
    }
    case 'ahead':
      return { ...state, ahead: event.person }
    case 'nobody':
      return { ...start, phase: 'nobody', obstacles: event.obstacles }
    case 'stopped':
      return { ...start, phase: 'stopped' }
    case 'phase':
      return { ...state, phase: event.phase }
    case 'answer': {
      const { questionId, value } = event.answer
      const problems = state.problems.filter((one) => one.questionId !== questionId)
      return { ...state, problems, answers: new Map(state.answers).set(questionId, value) }
    }
    case 'problems':
      return { ...state, problems: event.problems, phase: 'call' }
  }
}
