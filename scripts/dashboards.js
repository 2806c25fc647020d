// @ts-check
/** `npm run generate:dashboards`: writes Grafana's dashboards from scripts/tools/dashboards.js. */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { dashboards } = require('./tools/dashboards');
const { ROOT } = require('./lib/paths');

const FOLDER = join(ROOT, 'docker', 'grafana', 'dashboards');

async function main() {
  for (const [name, dashboard] of dashboards()) {
    const filepath = join(FOLDER, name);
    const text = await format(JSON.stringify(dashboard), { ...(await resolveConfig(filepath)), filepath });
    writeFileSync(filepath, text);
  }
}

void main();
