/** What a process shows at one moment, by series; NaN where there is none. */
export async function scrape(url: string): Promise<(series: string) => number> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  return (series) => {
    const line = lines.find((each) => each.startsWith(`${series} `));
    return line === undefined ? NaN : Number(line.slice(series.length + 1));
  };
}
