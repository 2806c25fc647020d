// @ts-check
/** Grafana's dashboards as code: `npm run generate:dashboards` writes docker/grafana/dashboards, which a unit test compares. */
const {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} = require('@grafana/grafana-foundation-sdk/dashboard');
const {
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} = require('@grafana/grafana-foundation-sdk/common');
const { DataqueryBuilder } = require('@grafana/grafana-foundation-sdk/prometheus');
const stat = require('@grafana/grafana-foundation-sdk/stat');
const timeseries = require('@grafana/grafana-foundation-sdk/timeseries');

const { DASHBOARDS, PANELS } = require('./dashboard-panels');

/** Chosen at the top of each dashboard. */
const PROMETHEUS = { type: 'prometheus', uid: '${datasource}' };

/**
 * The Prometheus that the panels query, and the processes of panels that show processes: `instance=~"$instance"`.
 */
const VARIABLES = [
  () => new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
  () =>
    new QueryVariableBuilder('instance')
      .label('Process')
      .datasource(PROMETHEUS)
      .query('label_values(turnwise_ready, instance)')
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .multi(true)
      .includeAll(true)
      .allValue('.*')
      .current({ selected: true, text: ['All'], value: ['$__all'] }),
];
/** Grafana's grid is 24 wide. */
const SIZES = { number: { span: 6, height: 4 }, graph: { span: 12, height: 8 } };

const numberPanel = () =>
  new stat.PanelBuilder().reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));

/** @param {boolean} hasLimit drawn as a line */
const graphPanel = (hasLimit) => {
  const panel = new timeseries.PanelBuilder()
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  const line = new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Line);
  return hasLimit ? panel.thresholdsStyle(line) : panel;
};

/** @param {string} title */
function panelOf(title) {
  const panel = PANELS[title];
  if (panel === undefined) throw new Error(`There is no panel ${title}.`);
  const { says, unit, runbook, limit, isNumber = false, queries } = panel;
  const { span, height } = isNumber ? SIZES.number : SIZES.graph;
  const builder = isNumber ? numberPanel() : graphPanel(limit !== undefined);
  builder
    .title(title)
    .description(runbook === undefined ? says : `${says} Runbook: docs/runbook.md#${runbook}`)
    .datasource(PROMETHEUS)
    .unit(unit)
    .min(0)
    .span(span)
    .height(height);
  if (limit !== undefined)
    builder.thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
        { value: null, color: 'green' },
        { value: limit, color: 'red' },
      ]),
    );
  queries.forEach(([legend, expr], i) => {
    const query = new DataqueryBuilder()
      .datasource(PROMETHEUS)
      .expr(expr)
      .legendFormat(legend)
      .refId(String.fromCharCode(65 + i));
    // A range would keep showing the last value of a gauge that is missing now.
    builder.withTarget(isNumber ? query.instant() : query);
  });
  return builder;
}

/** The dashboards as Grafana reads them, by the name of their file. @returns {Map<string, object>} */
function dashboards() {
  return new Map(
    Object.entries(DASHBOARDS).map(([uid, [title, panels]]) => {
      const builder = new DashboardBuilder(title)
        .uid(uid)
        .tags(['turnwise'])
        .refresh('10s')
        .time({ from: 'now-30m', to: 'now' })
        .link(
          new DashboardLinkBuilder('Turnwise')
            .type(DashboardLinkType.Dashboards)
            .tags(['turnwise'])
            .keepTime(true),
        );
      for (const variable of VARIABLES) builder.withVariable(variable());
      for (const each of panels) builder.withPanel(panelOf(each));
      return [`${uid}.json`, builder.build()];
    }),
  );
}

module.exports = { dashboards };
