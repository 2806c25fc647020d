// @ts-check
/**
 * The document without the lists of values in answers. A Python client raises if an answer has a value that its list lacks,
 * and a later version of the service may answer new ones (docs/clients.md).
 * @param {{ components: { schemas: Record<string, object> }, paths: object }} document client/openapi.json
 */
function withOpenLists({ paths, ...document }) {
  const { schemas } = document.components;
  /** @type {Set<string>} of what clients send, whose lists lose no value */
  const sent = new Set();
  /** @param {unknown} value */
  const keep = (value) => {
    if (typeof value !== 'object' || value === null) return;
    const name = '$ref' in value ? String(value.$ref).split('/').pop() : undefined;
    if (name !== undefined && !sent.has(name)) {
      sent.add(name);
      keep(schemas[name]);
    }
    for (const part of Object.values(value)) keep(part);
  };
  for (const operations of Object.values(paths))
    for (const { requestBody } of Object.values(operations)) keep(requestBody);
  const opened = Object.entries(schemas).map(([name, schema]) => [
    name,
    sent.has(name) ? schema : withoutLists(schema),
  ]);
  return { ...document, paths, components: { ...document.components, schemas: Object.fromEntries(opened) } };
}

/** @param {object} schema */
const withoutLists = (schema) =>
  JSON.parse(JSON.stringify(schema), (name, value) =>
    name === 'enum' && Array.isArray(value) ? undefined : value,
  );

module.exports = { withOpenLists };
