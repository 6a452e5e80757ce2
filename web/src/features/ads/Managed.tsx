import { useDeferredValue, useState } from 'react'
import { call } from '@/shared/api/client'
import type { SeenCampaign } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge, type Tone } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Input } from '@/shared/ui/field'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useRole } from '@/shared/useRole'
import { EditDialog } from './EditDialog'
import { useText } from './texts'

const tones: Readonly<Record<string, Tone>> = { ACTIVE: 'good', PAUSED: 'warn', WITH_ISSUES: 'bad' }

/** Campaigns as they were seen last; administrators change them. */
export function Managed() {
  const t = useText()
  const format = useFormat()
  const { isAdmin } = useRole()
  const [typed, type] = useState('')
  const [edited, edit] = useState<SeenCampaign | null>(null)
  const search = useDeferredValue(typed.trim())
  const campaigns = usePages(['ads', 'campaigns', search], (next, signal) =>
    call('GET /api/v1/campaigns', { query: { limit: 50, search: search || undefined, cursor: Number(next ?? 0) }, signal }),
  )
  return (
    <Card
      title={t('manage.campaigns')}
      note={t('manage.note')}
      flush
      actions={
        <Input
          type="search"
          className="w-56"
          aria-label={t('manage.search')}
          placeholder={t('manage.search')}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
      }
    >
      <Table
        label={t('manage.campaigns')}
        rows={campaigns}
        keyOf={(campaign) => `${campaign.account} ${campaign.id}`}
        empty={<Empty title={t('manage.none')}>{t('figures.noneText')}</Empty>}
        columns={[
          {
            head: t('ads.campaign'),
            isRowHeading: true,
            cell: (campaign) => (
              <>
                <span className="block max-w-72 truncate">{campaign.name ?? campaign.id}</span>
                <span className="block font-mono text-xs font-normal text-muted">{campaign.id}</span>
              </>
            ),
          },
          {
            head: t('manage.status'),
            cell: (campaign) => campaign.status && <Badge tone={tones[campaign.status]}>{campaign.status}</Badge>,
          },
          { head: t('manage.objective'), className: 'font-mono text-xs', cell: (campaign) => campaign.objective },
          {
            head: t('manage.daily_budget'),
            isNumeric: true,
            cell: (campaign) => (campaign.daily_budget ? `${format.money(campaign.daily_budget)} ${campaign.currency ?? ''}` : '—'),
          },
          {
            head: t('manage.lifetime_budget'),
            isNumeric: true,
            cell: (campaign) => (campaign.lifetime_budget ? `${format.money(campaign.lifetime_budget)} ${campaign.currency ?? ''}` : '—'),
          },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end',
            cell: (campaign) =>
              isAdmin && (
                <Button size="small" aria-label={`${t('manage.change')}: ${campaign.id}`} onClick={() => edit(campaign)}>
                  {t('manage.change')}
                </Button>
              ),
          },
        ]}
      />
      <More of={campaigns} />
      {edited && <EditDialog campaign={edited} onClose={() => edit(null)} />}
    </Card>
  )
}
