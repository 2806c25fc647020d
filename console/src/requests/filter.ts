import type { Filter, Status } from '../api/user-api';
import { STATUSES } from '../ui/status';

/** The filter in a link: `status=failed&tag=invoice`. */
export function filterOf(query: URLSearchParams): Filter {
  const status = query.getAll('status').filter((each): each is Status => STATUSES.includes(each as Status));
  const text = (name: 'type' | 'tag' | 'from' | 'to' | 'q') => {
    const value = query.get(name)?.trim();
    return value ? { [name]: value } : {};
  };
  return {
    ...(status.length > 0 ? { status } : {}),
    ...text('type'),
    ...text('tag'),
    ...text('from'),
    ...text('to'),
    ...text('q'),
  };
}

/** The part of a link that contains this filter. */
export function queryOf({ status = [], ...texts }: Filter): string {
  const query = new URLSearchParams(Object.entries(texts));
  for (const each of status) query.append('status', each);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** A filter in words, for a confirmation question. @param isOwn whether they are the reader's own */
export function filterWords({ status, type, tag, from, to }: Filter, isOwn: boolean): string {
  const parts = [
    status && `status ${status.join(' or ')}`,
    type && `type “${type}”`,
    tag && `tag “${tag}”`,
    from && `accepted from ${new Date(from).toLocaleString()}`,
    to && `accepted before ${new Date(to).toLocaleString()}`,
  ].filter(Boolean);
  const whose = isOwn ? 'your requests' : 'requests of this user';
  return parts.length === 0 ? `All ${whose}` : `The ${whose} with ${parts.join(', ')}`;
}
