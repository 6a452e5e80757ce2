import { useSearchParams } from 'react-router'
import { useText } from '@/shared/i18n'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { Account } from './Account'
import { Alerts } from './Alerts'
import { Audit } from './Audit'
import { Users } from './Users'

export default function Settings() {
  const t = useText()
  const { isAdmin } = useRole()
  const [search, setSearch] = useSearchParams()
  const everyone = [
    { value: 'account', label: t('settings.account'), content: <Account /> },
    { value: 'alerts', label: t('settings.alerts'), content: <Alerts /> },
  ]
  const admins = [
    { value: 'users', label: t('settings.users'), content: <Users /> },
    { value: 'audit', label: t('settings.audit'), content: <Audit /> },
  ]
  const tabs = isAdmin ? [...everyone, ...admins] : everyone
  return (
    <Page title={t('nav.settings')} note={t('settings.note')}>
      <Tabs
        label={t('nav.settings')}
        value={tabs.find((tab) => tab.value === search.get('tab'))?.value ?? 'account'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={tabs}
      />
    </Page>
  )
}
