/**
 * Reads the metrics of a process once. The returned function gives the value of a series; NaN if it does not exist.
 * @param token METRICS_TOKEN, if the process has one
 */
export async function scrape(url: string, token?: string): Promise<(series: string) => number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const lines = (await (await fetch(`${url}/metrics`, { headers })).text()).split('\n');
  return (series) => {
    const line = lines.find((each) => each.startsWith(`${series} `));
    return line === undefined ? NaN : Number(line.slice(series.length + 1));
  };
}
