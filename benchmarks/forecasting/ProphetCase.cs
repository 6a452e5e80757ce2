using System.Globalization;
using System.Text.Json.Nodes;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Benchmarks.Forecasting;

/// <summary>A configuration of goldens/prophet: a history, the rows to predict, and R's arguments as our options.</summary>
internal sealed record ProphetCase(string Name, ProphetOptions Options, TimeSeries History, TimeSeries Future)
{
    public static ProphetCase Read(string folder)
    {
        var golden = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")))!;
        var options = golden["prophet_args"] is JsonObject given ? Ours(given).AsObject() : [];
        options["seasonalities"] = Ours(golden["add_seasonality"] ?? new JsonArray());
        options["regressors"] = Ours(golden["add_regressor"] ?? new JsonArray());
        var holidays = Path.Combine(folder, "holidays.csv");
        return new ProphetCase(
            Path.GetFileName(folder),
            ProphetOptions.FromJson(options.ToJsonString()) with
            {
                Holidays = File.Exists(holidays) ? Holidays(holidays) : [],
            },
            Series(Path.Combine(folder, "train.csv")),
            Series(Path.Combine(folder, "future.csv"))
        );
    }

    /// <summary>R separates words by dots where we have underscores.</summary>
    private static JsonNode Ours(JsonNode given) =>
        given switch
        {
            JsonObject named => new JsonObject(
                named.Select(pair => KeyValuePair.Create(pair.Key.Replace('.', '_'), pair.Value is null ? null : Ours(pair.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Ours(item))]),
            _ => given.DeepClone(),
        };

    private static TimeSeries Series(string path)
    {
        var (names, rows) = Table(path);
        var columns = names
            .Select((name, i) => (name, i))
            .Where(column => column.name is not ("ds" or "y"))
            .ToDictionary(column => column.name, column => rows.Select(row => Number(row[column.i])).ToArray());
        var y = Array.IndexOf(names, "y");
        return new TimeSeries
        {
            Times = [.. rows.Select(row => DateTime.Parse(row[Array.IndexOf(names, "ds")], CultureInfo.InvariantCulture))],
            Values = y < 0 ? null : [.. rows.Select(row => Number(row[y]))],
            Columns = columns,
        };
    }

    private static Holiday[] Holidays(string path)
    {
        var (names, rows) = Table(path);
        return
        [
            .. rows.Select(row => new Holiday(
                Cell(row, "holiday"),
                DateOnly.Parse(Cell(row, "ds"), CultureInfo.InvariantCulture),
                (int)Number(Cell(row, "lower_window")),
                (int)Number(Cell(row, "upper_window")),
                Number(Cell(row, "prior_scale"))
            )),
        ];

        string Cell(string[] row, string name) => row[Array.IndexOf(names, name)];
    }

    private static (string[] Names, List<string[]> Rows) Table(string path)
    {
        var lines = File.ReadAllLines(path).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
        return (lines[0], lines[1..]);
    }

    private static double Number(string cell) => cell is "" or "NA" ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
