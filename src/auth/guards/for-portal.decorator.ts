import { SetMetadata } from '@nestjs/common';

/** The metadata of a controller or route that portal links may call. */
export const FOR_PORTAL = 'for portal';

/** Opens a controller or route to portal links, within their scopes. Without it, it is closed to them. */
export const ForPortal = () => SetMetadata(FOR_PORTAL, true);
