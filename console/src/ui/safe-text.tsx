/** Characters that are not seen, or that turn the direction of what follows: they could make a text look like another. */
const HIDDEN = /((?![\t\n])\p{Cc}|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0])/u;

/** A text that somebody else wrote: hidden characters are shown as marks, and its direction stays its own. */
export function SafeText({ text }: { text: string }) {
  return (
    <bdi>
      {text.split(HIDDEN).map((part, i) =>
        i % 2 === 0 ? (
          part
        ) : (
          <span key={i} class="hidden-character" title="A hidden character">
            {`U+${part.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`}
          </span>
        ),
      )}
    </bdi>
  );
}
