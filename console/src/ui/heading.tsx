import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { page } from './route';

/** The page whose heading has had the focus; at first the one that was loaded. */
let reached = page.peek();

/** The heading of a page. It has the focus once the page has replaced another one: keyboards and screen readers start there. */
export function Heading({ children }: { children: ComponentChildren }) {
  const element = useRef<HTMLHeadingElement>(null);
  const here = page.value;
  useLayoutEffect(() => {
    if (here !== reached) element.current!.focus();
    reached = here;
  }, [here]);
  return (
    <h1 ref={element} tabIndex={-1}>
      {children}
    </h1>
  );
}
