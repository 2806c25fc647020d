/** The lane that most types belong to, and that workers serve unless WORKER_LANES names others. */
export const MAIN_LANE = 'main';

/** What a lane may be called. */
export const LANE_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** As the scripts take the lanes of a caller; sorted, so that workers of the same lanes say the same. */
export const laneWords = (lanes: Iterable<string>): string => [...new Set(lanes)].sort().join(' ');
