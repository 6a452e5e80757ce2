import type { Run } from '@/shared/api/schema'
import { useText } from '@/shared/i18n'
import { Badge, type Tone } from '@/shared/ui/badge'

const tones: Record<Run['state'], Tone> = {
  queued: 'plain',
  running: 'accent',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'plain',
  timed_out: 'warn',
}

export const isActive = (state: Run['state']) => state === 'queued' || state === 'running'

export function RunState({ state }: { readonly state: Run['state'] }) {
  const t = useText()
  return (
    <Badge tone={tones[state]} pulse={state === 'running'}>
      {t(`run.${state}`)}
    </Badge>
  )
}
