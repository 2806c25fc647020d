/**
 * Invisible characters, and characters that reverse the direction of text: they could make a text look like another
 * one.
 */
const HIDDEN = /((?![\t\n])\p{Cc}|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0])/u;

/** A text from somebody else. Hidden characters are shown as marks, and its direction does not affect the page. */
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
