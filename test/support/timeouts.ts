/** The machine may be busy: a test waits for events, and gives up only after this time. */
jest.setTimeout(120_000);
