import { useSession } from '../../session-query.ts';
import { Facts } from '../../ui/facts.tsx';
import { roleMeanings, roleNames } from '../role-names.ts';
import { ChangePasswordForm } from './change-password-form.tsx';
import { SessionsTable } from './sessions-table.tsx';
import { SettingCard } from './setting-card.tsx';

export function AccountSettings() {
  const member = useSession()?.member;
  if (!member) return null;
  return (
    <>
      <SettingCard title="You">
        <Facts
          facts={[
            { name: 'Name', value: member.name },
            { name: 'Email', value: member.email },
            { name: 'Role', value: `${roleNames[member.role]}: ${roleMeanings[member.role].toLowerCase()}` },
          ]}
        />
      </SettingCard>
      <SettingCard title="Password" description="Changing it ends your other sessions.">
        <ChangePasswordForm />
      </SettingCard>
      <SettingCard title="Sessions" description="Where you are signed in.">
        <SessionsTable />
      </SettingCard>
    </>
  );
}
