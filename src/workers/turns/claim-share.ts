/** Users that one call asks for, if so many slots are free: a call costs about as much as four users given. */
const WORTH_A_CALL = 8;

/** How many users a shard is asked for. @param shards that are still to be asked for the free slots, this one with them */
export const claimShare = (free: number, shards: number): number =>
  Math.min(free, Math.max(WORTH_A_CALL, Math.ceil(free / shards)));
