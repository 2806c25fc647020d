import { ValidateIf } from 'class-validator';

/** The field may be omitted, but must not be `null`. (class-validator's IsOptional lets `null` pass unchecked.) */
export const IfGiven = () => ValidateIf((_, value) => value !== undefined);
