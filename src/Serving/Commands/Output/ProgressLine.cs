using Spectre.Console;
using Tradepost.Arguments;
using Tradepost.Jobs;

namespace Tradepost.Serving.Commands.Output;

/// <summary>One line that says what is being done, how much of it, how fast and since when; gone when it is done.</summary>
internal sealed class ProgressLine(IAnsiConsole console, TimeProvider time) : IProgress<JobProgress>
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly long started = time.GetTimestamp();
    private JobProgress current = new("starting");
    private long stepStarted = time.GetTimestamp();

    public void Report(JobProgress value)
    {
        lock (gate)
        {
            if (value.Step != current.Step)
            {
                stepStarted = time.GetTimestamp();
            }

            current = value;
        }
    }

    public Task<T> ShowAsync<T>(Func<IProgress<JobProgress>, Task<T>> action) =>
        console
            .Status()
            .Spinner(Spinner.Known.Dots)
            .SpinnerStyle(new Style(Color.Grey))
            .StartAsync(Text(), async status =>
            {
                var work = Task.Run(() => action(this));
                while (!work.IsCompleted)
                {
                    status.Status = Text();
                    await Task.WhenAny(work, Task.Delay(Refresh, time, CancellationToken.None));
                }

                return await work;
            });

    private string Text()
    {
        JobProgress progress;
        TimeSpan inStep;
        lock (gate)
        {
            (progress, inStep) = (current, time.GetElapsedTime(stepStarted));
        }

        var parts = new List<string> { Markup.Escape(HiddenCharacters.Escape(progress.Step)) };
        if (progress.Done > 0)
        {
            parts.Add(
                progress.Total is { } total
                    ? $"{progress.Done:N0} of {total:N0} ({(double)progress.Done / Math.Max(total, 1):P0})"
                    : progress.Done.ToString("N0")
            );
            if (inStep.TotalSeconds >= 1)
            {
                parts.Add($"{progress.Done / inStep.TotalSeconds:N0}/s");
            }
        }

        parts.Add($"{time.GetElapsedTime(started).TotalSeconds:0} s");
        return string.Join(" · ", parts);
    }
}
