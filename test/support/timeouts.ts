/** Real stores on a busy machine: a test waits for events, and this is only where it gives up. */
jest.setTimeout(30_000);
