import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { settings } from '.'
import { Account } from './Account'
import { Alerts } from './Alerts'
import { Audit } from './Audit'
import { useText } from './texts'
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
    <Page title={t(settings.name)} note={t('settings.note')}>
      <Tabs
        label={t(settings.name)}
        value={tabs.find((tab) => tab.value === search.get('tab'))?.value ?? 'account'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        tabs={tabs}
      />
    </Page>
  )
}
