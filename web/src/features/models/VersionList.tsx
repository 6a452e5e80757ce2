import { useState } from 'react'
import { Link } from 'react-router'
import type { VersionView } from '@/shared/api/schema'
import { lastDay } from '@/shared/days'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'
import { PromoteDialog } from './PromoteDialog'

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
      <Table label={t('models.versionsOf', { model })} maxHeight="26rem">
        <Head>
          <Th numeric>{t('models.number')}</Th>
          <Th>{t('models.stage')}</Th>
          <Th>{t('models.window')}</Th>
          <Th>{t('models.parameters')}</Th>
          <Th>{t('models.created')}</Th>
          <Th>{t('models.run')}</Th>
          <Th>
            <span className="sr-only">{t('action.actions')}</span>
          </Th>
        </Head>
        <tbody>
          {versions.map((version) => (
            <Row key={version.version}>
              <Td numeric className="font-medium">
                {version.version}
              </Td>
              <Td>
                <Stage stage={version.stage} />
              </Td>
              <Td className="whitespace-nowrap">
                {format.day(version.trained_from)} – {format.day(lastDay(version.trained_to))}
                <span className="block text-xs text-muted">{t('models.rows', { count: format.whole(version.rows) })}</span>
              </Td>
              <Td className="min-w-56 font-mono text-xs text-muted">
                {Object.entries(version.parameters)
                  .map(([name, value]) => `${name} ${String(value)}`)
                  .join(' · ')}
              </Td>
              <Td className="whitespace-nowrap text-muted">
                {format.moment(version.created_at)}
                <span className="block text-xs">{version.created_by}</span>
              </Td>
              <Td>
                {version.run_id ? (
                  <Link
                    to={`/runs/${version.run_id}`}
                    className="font-mono text-xs text-accent hover:underline"
                    aria-label={`${t('models.run')}: ${version.run_id}`}
                  >
                    {version.run_id.slice(-12)}
                  </Link>
                ) : (
                  '—'
                )}
              </Td>
              <Td className="text-end">
                {version.stage !== 'production' && (
                  <Button
                    size="small"
                    disabled={!canWork}
                    title={canWork ? undefined : t('models.onlyAnalysts')}
                    aria-label={`${t('models.promote')}: ${t('models.version', { version: version.version })}`}
                    onClick={() => promote(version)}
                  >
                    {t('models.promote')}
                  </Button>
                )}
              </Td>
            </Row>
          ))}
        </tbody>
      </Table>
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
