import type { Filter } from 'mongodb';
import { escapeRegex } from '../common/lists/escape-regex';
import { parseRfc3339 } from '../common/validation/rfc3339';
import { seqOfCursor } from './list-cursor';
import type { ListRequestsDto } from './list-requests.dto';
import type { RequestDocument } from '../journal/request-document';
import { Moment, statusFilter } from './request-status';

/**
 * Selects the user's requests for a list, never abandoned ones.
 * @param searchable whose payloads are searched
 * @throws Problem invalid_cursor
 */
export function listFilter(
  userId: string,
  list: ListRequestsDto,
  moment: Moment,
  searchable: Filter<RequestDocument> = {},
): Filter<RequestDocument> {
  const { status, type, tag, from, to, q, cursor, order = 'newest' } = list;
  const conditions: Filter<RequestDocument>[] = [{ userId, status: { $ne: 'abandoned' } }];
  if (cursor !== undefined) {
    const seq = seqOfCursor(cursor, order);
    conditions.push({ seq: order === 'newest' ? { $lt: seq } : { $gt: seq } });
  }
  if (status !== undefined) conditions.push(statusFilter(status, moment));
  if (type !== undefined) conditions.push({ type });
  if (tag !== undefined) conditions.push({ tags: tag });
  if (from !== undefined) conditions.push({ createdAt: { $gte: parseRfc3339(from) ?? new Date(NaN) } });
  if (to !== undefined) conditions.push({ createdAt: { $lt: parseRfc3339(to) ?? new Date(NaN) } });
  if (q !== undefined) conditions.push(search(q, searchable));
  return { $and: conditions };
}

function search(q: string, searchable: Filter<RequestDocument>): Filter<RequestDocument> {
  const words = q.split(/\s+/).filter((word) => word !== '');
  const inPayload = words.map((word) => ({ payload: { $regex: asWritten(word), $options: 'i' } }));
  return {
    $or: [{ _id: q }, { tags: q }, ...(inPayload.length === 0 ? [] : [{ $and: [...inPayload, searchable] }])],
  };
}

/** A run of backslashes with the character that they escape, or any other character. */
const PIECES = /(?<before>\\*)(?<sign>["/])|(?<run>\\+)|(?<character>.)/gsu;

/**
 * A pattern that finds a word in JSON text, in which a character may be escaped (as Python does for non-ASCII). A text
 * matches it in one way only: with two ways for each backslash, a search would take all of MongoDB's time. (P5)
 */
function asWritten(word: string): string {
  return Array.from(word.matchAll(PIECES), ({ groups = {} }) => {
    const { before = '', sign, run = '', character = '' } = groups;
    if (sign !== undefined) return backslashes(before.length, 2 * before.length + 1) + sign;
    return run === '' ? characterAsWritten(character) : backslashes(run.length, 2 * run.length);
  }).join('');
}

const backslashes = (least: number, most: number) => `\\\\{${least},${most}}`;

function characterAsWritten(character: string): string {
  const literal = escapeRegex(character);
  const cases = [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
  const escaped = cases.filter((each) => /[^\x20-\x7e]/.test(each)).map(unicodeEscapes);
  return escaped.length === 0 ? literal : `(?:${[literal, ...escaped.map(escapeRegex)].join('|')})`;
}

/** `é` as `\u00e9`. */
const unicodeEscapes = (text: string) =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
