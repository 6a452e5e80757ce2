using Tradepost.App.Tables;
using Tradepost.Learning.Forecasting;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>What <c>forecast</c> reads from its files.</summary>
/// <param name="ReadAs">How the file of the history was understood.</param>
/// <param name="Notices">What was guessed, and what a user should know of the rows.</param>
internal sealed record ForecastInput(
    TimeSeries History,
    TimeSeries Rows,
    ProphetOptions Options,
    Frequency Frequency,
    string ReadAs,
    IReadOnlyList<string> Notices
)
{
    private static readonly string[] Carried = ["cap", "floor"];

    public static ForecastInput Read(ForecastRequest request)
    {
        var further = new List<CsvTable>();
        var options = ReadOptions(request, further);
        var table = request.Text is { } text
            ? CsvTable.OfText(request.File, text, request.Form)
            : CsvTable.Read(request.File, request.Form);
        string[] needed =
        [
            .. options.Growth == Growth.Logistic ? Carried : [],
            .. options.Regressors.Select(regressor => regressor.Name),
            .. options.Seasonalities.Select(seasonality => seasonality.ConditionName).OfType<string>(),
        ];
        string[] columns = [.. needed.Where(name => name != "floor" || table.Has(name))];
        var history = new TimeSeries
        {
            Times = table.Times(request.Time),
            Values = table.Numbers(request.Value),
            Columns = columns.ToDictionary(name => name, table.Numbers),
        };
        if (history.Times.Length == 0)
        {
            throw new UsageException($"{request.File} has no rows below its header.");
        }

        TellRepeated(table, request.Time, history.Times);
        var option = request.Form.Spelled("frequency");
        var frequency = request.Frequency is null ? Frequency.Of(history.Times, option) : Frequency.Parse(request.Frequency, option);
        var seen = new SeenTimes(history, frequency);
        var future = request.Future is null
            ? Ahead(history, columns, seen.After(request.Horizon, mayPass: request.Frequency is null))
            : Given(request, columns, further);
        return new ForecastInput(
            history,
            Union(history, future),
            options,
            frequency,
            table.ReadAs,
            [.. table.Notices, .. further.SelectMany(one => one.NoticesAsFurther(table.ReadAs)), .. seen.Notices(future.Times, option)]
        );
    }

    /// <summary>Several series under each other are none; a time that comes twice now and then counts twice.</summary>
    private static void TellRepeated(CsvTable table, string column, DateTime[] times)
    {
        var firsts = new Dictionary<DateTime, int>();
        var (again, repeated) = (-1, 0);
        for (var row = 0; row < times.Length; row++)
        {
            if (!firsts.TryAdd(times[row], row))
            {
                (again, repeated) = (again < 0 ? row : again, repeated + 1);
            }
        }

        if (repeated == 0)
        {
            return;
        }

        var what = $"{column} '{Shown.Cell(table.Text(again, column))}' is in line {table.Line(firsts[times[again]])} as well";
        if (2 * repeated >= firsts.Count)
        {
            throw new UsageException(
                $"{table.Where(again)}: {what}, and so are the times of {repeated} rows; a forecast is of one series: give the rows of one."
            );
        }

        table.Notice($"{repeated} rows have a time that a row before them has; each counts ({what}, first in line {table.Line(again)}).");
    }

    private static ProphetOptions ReadOptions(ForecastRequest request, List<CsvTable> further)
    {
        var options = new ProphetOptions();
        if (request.Options is { } path)
        {
            try
            {
                options = ProphetOptions.FromJson(
                    File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"There is no file {path}.")
                );
            }
            catch (FormatException e)
            {
                throw new UsageException($"{path}: {e.Message}");
            }
        }

        return request.Holidays is null
            ? options
            : options with
            {
                Holidays = ReadHolidays(request.Holidays, request.Form.Beside(), further),
            };
    }

    private static Holiday[] ReadHolidays(string path, TableForm form, List<CsvTable> further)
    {
        var table = CsvTable.Read(path, form);
        further.Add(table);
        var (names, dates) = (table.Texts("holiday"), table.Times("ds"));
        var (lower, upper, scales) = (Optional("lower_window"), Optional("upper_window"), Optional("prior_scale"));
        return
        [
            .. names.Select(
                (name, i) =>
                    new Holiday(
                        name,
                        DateOnly.FromDateTime(dates[i]),
                        Whole(lower, i, "lower_window"),
                        Whole(upper, i, "upper_window"),
                        scales is null || double.IsNaN(scales[i]) ? null : scales[i]
                    )
            ),
        ];

        double[]? Optional(string name) => table.Has(name) ? table.Numbers(name) : null;

        int Whole(double[]? values, int row, string name) =>
            values is null || double.IsNaN(values[row]) ? 0
            : values[row] == Math.Round(values[row]) && Math.Abs(values[row]) <= 366 ? (int)values[row]
            : throw new UsageException(
                $"{path}: {name} of {names[row]} is {values[row]}; expected is a whole number of days, at most a year."
            );
    }

    private static TimeSeries Ahead(TimeSeries history, string[] columns, DateTime[] times)
    {
        if (times.Length > 0 && columns.Except(Carried).FirstOrDefault() is { } unknown)
        {
            throw new UsageException(
                $"The model uses the column {unknown}, whose future values only you know: give them with --future FILE."
            );
        }

        var last = Enumerable.Range(0, history.Times.Length).MaxBy(i => history.Times[i]);
        return new TimeSeries
        {
            Times = times,
            Columns = columns.ToDictionary(name => name, name => Enumerable.Repeat(history.Columns[name][last], times.Length).ToArray()),
        };
    }

    private static TimeSeries Given(ForecastRequest request, string[] columns, List<CsvTable> further)
    {
        var table = CsvTable.Read(request.Future!, request.Form);
        further.Add(table);
        return new TimeSeries { Times = table.Times(request.Time), Columns = columns.ToDictionary(name => name, table.Numbers) };
    }

    /// <summary>The history and the rows to predict by time, each time once; the file of the future has precedence.</summary>
    private static TimeSeries Union(TimeSeries history, TimeSeries future)
    {
        var all = new TimeSeries
        {
            Times = [.. future.Times, .. history.Times],
            Columns = future.Columns.ToDictionary(
                column => column.Key,
                column => (double[])[.. column.Value, .. history.Columns[column.Key]]
            ),
        };
        return all.Take([.. Enumerable.Range(0, all.Times.Length).DistinctBy(i => all.Times[i]).OrderBy(i => all.Times[i])]);
    }
}
