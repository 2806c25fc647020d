import { AccountPage } from './account/account-page';
import { OperatorPage } from './admin/operator-page';
import { UserPage } from './admin/user-page';
import { ResetPassword } from './account/reset-password';
import { SignIn } from './account/sign-in';
import { account } from './api/session';
import { isPortal } from './api/portal';
import { ownQueue, UserContext } from './api/user-api';
import { Bar } from './bar';
import { PortalPage } from './portal/portal-page';
import { SendDialog } from './send/send-dialog';
import { Asked } from './ui/dialog';
import { NoticePlace } from './ui/notice';
import { fragment, route } from './ui/route';
import { UserPages } from './user-pages';

/** The page: a customer's portal, a one-time link, the sign-in, or the page of the route. */
export function App() {
  if (isPortal) return <Frame>{<PortalPage />}</Frame>;
  const resetToken = fragment('reset-password');
  if (resetToken !== null) return <Frame>{<ResetPassword token={resetToken} />}</Frame>;
  if (account.value === undefined) return <Frame>{<SignIn />}</Frame>;
  return (
    <Frame>
      <UserContext.Provider key={account.value} value={ownQueue}>
        <Bar />
        <Page />
        <SendDialog />
      </UserContext.Provider>
    </Frame>
  );
}

function Page() {
  const [place, id, user, ...rest] = route.value.path;
  if (place === 'admin' && id === 'users' && user !== undefined)
    return <UserPage key={user} id={user} rest={rest} />;
  if (place === 'admin') return <OperatorPage />;
  if (place === 'account') return <AccountPage />;
  return <UserPages path={route.value.path} title="Your queue" />;
}

function Frame({ children }: { children: preact.ComponentChildren }) {
  return (
    <>
      {children}
      <Asked />
      <NoticePlace />
    </>
  );
}
