using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.App.Telemetry.Logs;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Telemetry;

public sealed class LogWriterTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly StringWriter output = new();

    [Fact]
    public void An_event_is_one_line_of_JSON_with_the_request_and_the_run_it_belongs_to()
    {
        using var source = new ActivitySource("Tradepost.Tests." + Guid.NewGuid().ToString("N"));
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => other == source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var logs = Open(LogForm.Json);
        var logger = logs.CreateLogger("Tradepost.Tests");

        logs.BeginRequest("r-1");
        using (var activity = source.StartActivity("job")!.SetTag("tradepost.run.id", 7L))
        using (source.StartActivity("step"))
        using (logger.BeginScope(new Dictionary<string, object?> { ["Table"] = "orders" }))
        {
            logger.LogInformation("Loaded {Rows} rows\nof {Name}", 12, "über");
        }

        var line = output.ToString();
        line.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        var fields = JsonElement.Parse(line);
        fields.GetProperty("time").GetString().ShouldBe("2026-01-31T12:00:00.000Z");
        fields.GetProperty("level").GetString().ShouldBe("information");
        fields.GetProperty("message").GetString().ShouldBe("Loaded 12 rows\nof über");
        fields.GetProperty("request_id").GetString().ShouldBe("r-1");
        fields.GetProperty("run_id").GetInt64().ShouldBe(7);
        fields.GetProperty("table").GetString().ShouldBe("orders");
        fields.GetProperty("rows").GetInt32().ShouldBe(12);
        fields.GetProperty("trace_id").GetString()!.Length.ShouldBe(32);
    }

    [Fact]
    public void A_password_of_the_settings_does_not_get_into_the_log()
    {
        using var logs = Open(LogForm.Json, new Dictionary<string, string> { ["DATABASE_URL"] = "postgresql://u:sesame-open@h/d" });

        logs.CreateLogger("Tradepost")
            .LogError(
                new InvalidOperationException("no sesame-open here"),
                "Could not connect with {Url}",
                "postgresql://u:sesame-open@h/d"
            );

        output.ToString().ShouldNotContain("sesame-open");
        output.ToString().ShouldContain("***");
    }

    [Fact]
    public void A_person_reads_lines_of_text()
    {
        using var logs = Open(LogForm.Text);

        logs.BeginRequest("r-1");
        logs.CreateLogger("Tradepost").LogWarning("The store is away");

        output.ToString().ShouldBe("12:00:00 warning     request r-1 The store is away\n");
    }

    [Fact]
    public void The_chatter_of_the_framework_is_left_out()
    {
        using var logs = Open(LogForm.Json);

        logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("Request starting");
        logs.CreateLogger("Tradepost").LogDebug("detail");

        logs.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical).ShouldBeFalse(); // else each request has an activity
        output.ToString().ShouldBe("");
    }

    public void Dispose() => output.Dispose();

    private LogWriter Open(LogForm form, Dictionary<string, string>? values = null) =>
        new(
            output,
            form,
            Settings.Load(new SettingSources(values ?? [], new Dictionary<string, string>(), "/", _ => null)),
            new ManualTime(Now)
        );
}
