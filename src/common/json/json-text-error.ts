/** A text that is not the JSON we take; `code` is of the error catalogue, `detail` shows nothing of the text. */
export class JsonTextError extends Error {
  constructor(
    readonly code: 'malformed_json' | 'payload_too_deep',
    readonly detail: string,
    /** JSON Pointer of the value that is refused, if it is a part of the text. */
    readonly pointer?: string,
  ) {
    super(detail);
    this.name = 'JsonTextError';
  }
}
