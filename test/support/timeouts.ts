/** The machine may be busy: a test waits for events, and this is only where it gives up. */
jest.setTimeout(120_000);
