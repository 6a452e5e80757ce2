import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { ads } from '.'
import { Changes } from './Changes'
import { Completion } from './Completion'
import { Erasure } from './Erasure'
import { Feeds } from './Feeds'
import { Figures } from './Figures'
import { Managed } from './Managed'
import { Restatements } from './Restatements'
import { useText } from './texts'

export default function Advertising() {
  const t = useText()
  const { isAdmin } = useRole()
  const [search, setSearch] = useSearchParams()
  const tabs = [
    { value: 'campaigns', label: t('ads.figures'), content: <Figures /> },
    { value: 'restatements', label: t('ads.restatements'), content: <Restatements /> },
    { value: 'feeds', label: t('ads.feeds'), content: <Feeds /> },
    { value: 'completion', label: t('ads.completion'), content: <Completion /> },
    {
      value: 'changes',
      label: t('ads.changes'),
      content: (
        <div className="grid gap-5">
          <Managed />
          <Changes />
        </div>
      ),
    },
    ...(isAdmin ? [{ value: 'erasure', label: t('ads.erasure'), content: <Erasure /> }] : []),
  ]
  const asked = search.get('tab')
  return (
    <Page title={t(ads.name)} note={t('ads.note')}>
      <Tabs
        label={t(ads.name)}
        value={tabs.find((tab) => tab.value === asked)?.value ?? 'campaigns'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={tabs}
      />
    </Page>
  )
}
