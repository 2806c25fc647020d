import { SetMetadata } from '@nestjs/common';

/** The metadata of a controller, or a route, that portal links reach. */
export const FOR_PORTAL = 'for portal';

/** Open to portal links too, within their scopes. A controller without it is closed to them. */
export const ForPortal = () => SetMetadata(FOR_PORTAL, true);
