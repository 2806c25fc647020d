import { SetMetadata } from '@nestjs/common';

/** The metadata of a route whose body may have `preview`. */
export const WITH_PREVIEW = 'with preview';

/** A route of which a call with `preview: true` changes nothing, and is not logged as a change by an admin. */
export const WithPreview = () => SetMetadata(WITH_PREVIEW, true);
