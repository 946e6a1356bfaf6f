import type { CampaignResults } from './results.ts'

/** A group of people and how many of them came back. */
export type Group = { people: number; returning: number }

/**
 * How the people who got the mailing differ from those kept out.
 * `too-few`: a group is too small to say anything. `unclear`: the difference may be chance. Rates from 0 to 1.
 */
export type Comparison = {
  rate: number
  controlRate: number
  difference: number
  /** Bounds of the difference at 95 %. */
  low: number
  high: number
  verdict: 'too-few' | 'unclear' | 'more' | 'fewer'
}

/* Under 30 people, or 5 of a kind, the normal approximation says nothing. */
const fewestPeople = 30
const fewestOfAKind = 5
const z95 = 1.96

/** Null when nobody was kept out or nobody else is there to compare with. */
export function compareGroups(mailed: Group, control: Group): Comparison | null {
  if (mailed.people === 0 || control.people === 0) return null
  const rate = mailed.returning / mailed.people
  const controlRate = control.returning / control.people
  const difference = rate - controlRate
  const spread =
    z95 * Math.sqrt(variance(rate, mailed.people) + variance(controlRate, control.people))
  const [low, high] = [difference - spread, difference + spread]
  return {
    rate,
    controlRate,
    difference,
    low,
    high,
    verdict: verdict([mailed, control], low, high),
  }
}

const variance = (rate: number, people: number) => (rate * (1 - rate)) / people

function verdict(groups: readonly Group[], low: number, high: number): Comparison['verdict'] {
  const small = groups.some(
    ({ people, returning }) =>
      people < fewestPeople || returning < fewestOfAKind || people - returning < fewestOfAKind,
  )
  if (small) return 'too-few'
  if (low > 0) return 'more'
  return high < 0 ? 'fewer' : 'unclear'
}

/** The two groups of a mailing; null when it kept nobody out. */
export function groupsOf({ counters }: Pick<CampaignResults, 'counters'>) {
  const { selected, control, controlReturning, returning } = counters
  if (control === 0 || returning === null) return null
  return {
    mailed: { people: selected - control, returning },
    control: { people: control, returning: controlReturning },
  }
}
