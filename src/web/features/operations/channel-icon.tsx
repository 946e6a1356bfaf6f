import type { StepChannel } from '#core/campaigns/step-type.ts'
import { channelLooks } from './channel-looks.ts'
import classes from './operations.module.css'

/** Beside the word of the channel, never instead of it. */
export function ChannelIcon({ channel }: { channel: StepChannel | 'title' }) {
  const { icon: Icon, color } = channelLooks[channel]
  return (
    <span className={classes.channelIcon} data-color={color} aria-hidden>
      <Icon size={17} stroke={1.8} />
    </span>
  )
}
