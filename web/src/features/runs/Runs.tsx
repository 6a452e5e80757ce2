import { Plus } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { Backfills } from './Backfills'
import { RunList } from './RunList'
import { Schedules } from './Schedules'
import { StartRun } from './StartRun'

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
      title={t('nav.runs')}
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
        label={t('nav.runs')}
        value={search.get('tab') ?? 'runs'}
        onChange={(tab) => change((next) => next.set('tab', tab))}
        tabs={[
          { value: 'runs', label: t('runs.list'), content: <RunList search={search} change={change} /> },
          { value: 'schedules', label: t('runs.schedules'), content: <Schedules /> },
          { value: 'backfills', label: t('runs.backfills'), content: <Backfills /> },
        ]}
      />
      {canWork && search.has('start') && (
        <StartRun isOpen onClose={() => change((next) => next.delete('start'))} first={search.get('start') || undefined} />
      )}
    </Page>
  )
}
