using Tradepost.App.Tables;
using Tradepost.Learning.Forecasting;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>The series that <c>detect</c> judges, oldest first, and how the file was understood.</summary>
/// <param name="IsReversed">Whether the file has its newest row first.</param>
internal sealed record DetectInput(TimeSeries Series, bool IsReversed, string ReadAs, IReadOnlyList<string> Notices)
{
    private const double Greatest = 1e20;

    public static DetectInput Of(CsvTable table, string time, string value)
    {
        var (times, values) = (table.Times(time), table.Numbers(value, Greatest));
        if (times.Length == 0)
        {
            throw new UsageException($"{table.Path} has no rows below its header.");
        }

        var steps = times.Skip(1).Zip(times, (later, earlier) => later - earlier).ToList();
        var isReversed = steps.TrueForAll(step => step <= TimeSpan.Zero) && times[^1] < times[0];
        if (isReversed)
        {
            Array.Reverse(times);
            Array.Reverse(values);
            table.Notice("The newest row is the first; rows are judged from the oldest on.");
        }

        var again = steps.FindIndex(step => step == TimeSpan.Zero);
        if (again >= 0)
        {
            table.Notice(
                $"{steps.Count(step => step == TimeSpan.Zero)} rows have the time of the row before, first in line "
                    + $"{table.Line(again + 1)}; a file of several series is judged as if it were one."
            );
        }

        var back = steps.FindIndex(step => step < TimeSpan.Zero);
        if (!isReversed && back >= 0)
        {
            table.Notice(
                $"Time goes back in {steps.Count(step => step < TimeSpan.Zero)} rows, first in line {table.Line(back + 1)}; rows are "
                    + "judged in the order of the file."
            );
        }

        return new DetectInput(new TimeSeries { Times = times, Values = values }, isReversed, table.ReadAs, table.Notices);
    }
}
