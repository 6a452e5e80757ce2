import { useState } from 'react'
import { Link } from 'react-router'
import type { VersionView } from '@/shared/api/schema'
import { lastDay } from '@/shared/days'
import { useFormat } from '@/shared/format'
import { pathOfRun } from '@/shared/runs/paths'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Table } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'
import { PromoteDialog } from './PromoteDialog'
import { useText } from './texts'

const tones = { staging: 'accent', production: 'good', archived: 'plain' } as const
const names = { staging: 'models.staging', production: 'models.inProduction', archived: 'models.archived' } as const

export function Stage({ stage }: { readonly stage: VersionView['stage'] }) {
  const t = useText()
  return <Badge tone={tones[stage]}>{t(names[stage])}</Badge>
}

export function VersionList({ model, versions }: { readonly model: string; readonly versions: readonly VersionView[] }) {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const [promoting, promote] = useState<VersionView | null>(null)
  return (
    <Card title={t('models.versionsOf', { model })} flush>
      <Table
        label={t('models.versionsOf', { model })}
        maxHeight="26rem"
        rows={versions}
        keyOf={(version) => version.version}
        columns={[
          { head: t('models.number'), isNumeric: true, className: 'font-medium', cell: (version) => version.version },
          { head: t('models.stage'), cell: (version) => <Stage stage={version.stage} /> },
          {
            head: t('models.window'),
            className: 'whitespace-nowrap',
            cell: (version) => (
              <>
                {format.day(version.trained_from)} – {format.day(lastDay(version.trained_to))}
                <span className="block text-xs text-muted">{t('models.rows', { count: format.whole(version.rows) })}</span>
              </>
            ),
          },
          {
            head: t('models.parameters'),
            className: 'min-w-56 font-mono text-xs text-muted',
            cell: (version) =>
              Object.entries(version.parameters)
                .map(([name, value]) => `${name} ${String(value)}`)
                .join(' · '),
          },
          {
            head: t('models.created'),
            className: 'whitespace-nowrap text-muted',
            cell: (version) => (
              <>
                {format.moment(version.created_at)}
                <span className="block text-xs">{version.created_by}</span>
              </>
            ),
          },
          {
            head: t('models.run'),
            cell: ({ run_id: run }) =>
              run ? (
                <Link
                  to={pathOfRun(run)}
                  className="font-mono text-xs text-accent hover:underline"
                  aria-label={`${t('models.run')}: ${run}`}
                >
                  {run.slice(-12)}
                </Link>
              ) : (
                '—'
              ),
          },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end',
            cell: (version) =>
              version.stage !== 'production' && (
                <Button
                  size="small"
                  disabled={!canWork}
                  title={canWork ? undefined : t('models.onlyAnalysts')}
                  aria-label={`${t('models.promote')}: ${t('models.version', { version: version.version })}`}
                  onClick={() => promote(version)}
                >
                  {t('models.promote')}
                </Button>
              ),
          },
        ]}
      />
      {promoting && (
        <PromoteDialog
          version={promoting}
          production={versions.find((version) => version.stage === 'production')?.version}
          onClose={() => promote(null)}
        />
      )}
    </Card>
  )
}
