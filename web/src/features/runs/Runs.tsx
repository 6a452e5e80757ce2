import { Plus } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { Button } from '@/shared/ui/button'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { runs } from '.'
import { Backfills } from './Backfills'
import { RunList } from './RunList'
import { Schedules } from './Schedules'
import { StartRun } from './StartRun'
import { useText } from './texts'

export default function Runs() {
  const t = useText()
  const { canWork } = useRole()
  const [search, setSearch] = useSearchParams()
  const change = (edit: (next: URLSearchParams) => void) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        edit(next)
        return next
      },
      { replace: true },
    )
  return (
    <Page
      title={t(runs.name)}
      note={t('runs.note')}
      actions={
        canWork && (
          <Button variant="primary" onClick={() => change((next) => next.set('start', ''))}>
            <Plus aria-hidden />
            {t('runs.start')}
          </Button>
        )
      }
    >
      <Tabs
        label={t(runs.name)}
        value={search.get('tab') ?? 'runs'}
        onChange={(tab) => change((next) => next.set('tab', tab))}
        tabs={[
          { value: 'runs', label: t('runs.list'), content: <RunList search={search} change={change} /> },
          { value: 'schedules', label: t('runs.schedules'), content: <Schedules /> },
          { value: 'backfills', label: t('runs.backfills'), content: <Backfills /> },
        ]}
      />
      {canWork && search.has('start') && (
        <StartRun onClose={() => change((next) => next.delete('start'))} first={search.get('start') || undefined} />
      )}
    </Page>
  )
}
