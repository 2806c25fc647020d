/** The lane of most types. Workers serve it unless WORKER_LANES names others. */
export const MAIN_LANE = 'main';

/** The form of a lane's name. */
export const LANE_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Lanes as the scripts take them. Sorted, so that workers with the same lanes send the same text. */
export const laneWords = (lanes: Iterable<string>): string => [...new Set(lanes)].sort().join(' ');
