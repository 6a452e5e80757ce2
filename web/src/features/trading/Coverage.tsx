import type { UseQueryResult } from '@tanstack/react-query'
import type { CoveredDay, CoveredDayItemList } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Calendar } from '@/shared/ui/calendar'
import { Card } from '@/shared/ui/card'
import { Fetched } from '@/shared/ui/states'
import { useText } from './texts'

const look = (day: CoveredDay) =>
  day.quotes === 0
    ? 'bg-raised text-muted'
    : day.gap_seconds > 0
      ? 'bg-warn-soft text-warn'
      : (day.trusted_share ?? 0) > 0.99
        ? 'bg-good-soft text-good'
        : 'bg-accent-soft text-accent'

export function Coverage({ query }: { readonly query: UseQueryResult<CoveredDayItemList> }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('coverage.title')} note={t('coverage.note')}>
      <Fetched query={query}>
        {(data) => (
          <Calendar
            label={t('coverage.title')}
            days={data.items.map((day) => ({
              day: day.day,
              look: look(day),
              text: day.quotes === 0 ? t('coverage.none') : format.share(day.trusted_share),
            }))}
          />
        )}
      </Fetched>
    </Card>
  )
}
